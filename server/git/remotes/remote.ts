/** A repository elsewhere, as it is asked. */
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Credentials } from "./remote-url.ts";

export interface OpenRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Readable;
  readonly signal: AbortSignal;
}

/** Asks an address and answers its response. What it throws has a message for people. */
export type Open = (url: URL, request: OpenRequest) => Promise<IncomingMessage>;

export interface Remote {
  /** Without a name or password in it. */
  readonly url: string;
  readonly credentials: Credentials | null;
  readonly open: Open;
  /** Bytes that may come in, all that is asked of this remote together. */
  readonly maxBytes: number;
  /** Those that came in so far. */
  readonly came: { bytes: number };
  /** Milliseconds without a byte in any direction after which it is given up; two minutes unless told. */
  readonly silenceMs?: number;
  readonly signal: AbortSignal;
}

export type RemoteService = "git-upload-pack" | "git-receive-pack";
