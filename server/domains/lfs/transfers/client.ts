/** A server elsewhere that keeps large files, as it is asked (git-lfs, docs/api/batch.md and basic-transfers.md). */
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { z } from "zod";
import type { LfsPointer } from "../../../git/blobs.ts";
import type { Remote } from "../../../git/remotes/remote.ts";
import { RemoteFailure } from "../../../git/remotes/remote-failure.ts";
import { Exchange, type Ask } from "./exchange.ts";

const kind = "application/vnd.git-lfs+json";
const mostAnswerBytes = 4 * 1024 * 1024;
/** Headers that describe our own connection; the other side may not choose them. */
const ours = /^(?:host|connection|content-length|transfer-encoding|te|trailer|upgrade|expect|proxy-.*)$/i;

const actionShape = z.object({
  href: z.string().max(8192),
  header: z.record(z.string(), z.string()).nullish(),
});
const actionsShape = z.object({
  download: actionShape.nullish(),
  upload: actionShape.nullish(),
  verify: actionShape.nullish(),
});
const answerShape = z.object({
  transfer: z.string().nullish(),
  objects: z.array(
    z.object({
      oid: z.string(),
      authenticated: z.boolean().nullish(),
      actions: actionsShape.nullish(),
      error: z.object({ code: z.number() }).nullish(),
    }),
  ),
});

/** Where a content is fetched from or brought to. */
export interface Action {
  readonly href: string;
  readonly header?: Readonly<Record<string, string>> | null | undefined;
  /** The headers say who asks; ours are not wanted besides. */
  readonly authenticated: boolean;
}

export interface Offer {
  readonly oid: string;
  readonly download: Action | null;
  readonly upload: Action | null;
  readonly verify: Action | null;
  /** The other side will not: the status that it gives as the reason. */
  readonly refused: number | null;
}

/** Where a repository's large files are asked for, unless its own server says otherwise (git-lfs, docs/api/server-discovery.md). */
export function lfsAddress(url: string): string {
  return `${url.endsWith(".git") ? url : `${url}.git`}/info/lfs`;
}

export class LfsRemote {
  readonly #exchange: Exchange;
  readonly #knows: boolean;
  readonly #base: string;

  constructor(remote: Remote) {
    this.#exchange = new Exchange(remote);
    this.#knows = remote.credentials !== null;
    this.#base = lfsAddress(remote.url);
  }

  /**
   * Asks about up to a hundred contents at once.
   *
   * @throws RemoteFailure when the other side keeps none, or does not answer us
   */
  async batch(
    operation: "download" | "upload",
    pointers: readonly LfsPointer[],
  ): Promise<Map<string, Offer>> {
    const objects = pointers.map(({ oid, size }) => ({ oid, size }));
    const body = JSON.stringify({ operation, transfers: ["basic"], objects, hash_algo: "sha256" });
    const response = await this.#exchange.ask(new URL(`${this.#base}/objects/batch`), {
      method: "POST",
      headers: { accept: kind, "content-type": kind, "content-length": Buffer.byteLength(body) },
      body: () => Readable.from([Buffer.from(body)]),
      known: true,
    });
    const status = response.statusCode ?? 0;
    if (status !== 200) {
      response.destroy();
      throw refusal(status, this.#knows);
    }
    const parsed = answerShape.safeParse(await this.#json(response));
    if (!parsed.success || (parsed.data.transfer ?? "basic") !== "basic")
      throw new RemoteFailure("broken", "The other server's answer about large files could not be read");
    const asked = new Set(pointers.map(({ oid }) => oid));
    const offers = new Map<string, Offer>();
    for (const { oid, authenticated, actions, error } of parsed.data.objects) {
      if (!asked.has(oid)) continue;
      const action = (one: z.infer<typeof actionShape> | null | undefined): Action | null =>
        one ? { ...one, authenticated: authenticated === true } : null;
      offers.set(oid, {
        oid,
        download: action(actions?.download),
        upload: action(actions?.upload),
        verify: action(actions?.verify),
        refused: error?.code ?? null,
      });
    }
    return offers;
  }

  /** The bytes of a content, as they come: not one of them is believed here. @throws RemoteFailure */
  async *download(action: Action): AsyncGenerator<Uint8Array> {
    const response = await this.#act(action, {
      method: "GET",
      headers: { accept: "application/octet-stream" },
    });
    const encoding = response.headers["content-encoding"] ?? "identity";
    if (response.statusCode !== 200 || encoding !== "identity") {
      response.destroy();
      throw new RemoteFailure("broken", `The other server answered ${response.statusCode} for a large file`);
    }
    yield* this.#exchange.bytes(response);
  }

  /** Brings a content there and has it looked at, when the other side wants that. @throws RemoteFailure */
  async upload({ upload, verify }: Offer, { oid, size }: LfsPointer, content: () => Readable): Promise<void> {
    if (!upload) return;
    const headers = { "content-type": "application/octet-stream", "content-length": size };
    await this.#settled(await this.#act(upload, { method: "PUT", headers, body: content }));
    if (!verify) return;
    const body = JSON.stringify({ oid, size });
    const told = { accept: kind, "content-type": kind, "content-length": Buffer.byteLength(body) };
    await this.#settled(
      await this.#act(verify, {
        method: "POST",
        headers: told,
        body: () => Readable.from([Buffer.from(body)]),
      }),
    );
  }

  async #settled(response: IncomingMessage): Promise<void> {
    response.destroy();
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299)
      throw new RemoteFailure("rejected", `The other server answered ${status} to a large file`);
  }

  #act(action: Action, ask: Omit<Ask, "known">): Promise<IncomingMessage> {
    if (!URL.canParse(action.href, `${this.#base}/`))
      throw new RemoteFailure("broken", "The other server named an address that is none");
    const said = Object.entries(action.header ?? {}).filter(([name]) => !ours.test(name));
    if (said.some(([name, value]) => !/^[\w-]{1,100}$/.test(name) || !/^[\t\x20-\x7e]{0,8192}$/.test(value)))
      throw new RemoteFailure("broken", "The other server named headers that are none");
    const headers: OutgoingHttpHeaders = {};
    for (const [name, value] of [...Object.entries(ask.headers), ...said])
      headers[name.toLowerCase()] = value;
    const known = !action.authenticated && headers["authorization"] === undefined;
    return this.#exchange.ask(new URL(action.href, `${this.#base}/`), { ...ask, headers, known });
  }

  async #json(response: IncomingMessage): Promise<unknown> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.#exchange.bytes(response)) {
      size += chunk.length;
      if (size > mostAnswerBytes) return null;
      parts.push(chunk);
    }
    try {
      return JSON.parse(Buffer.concat(parts).toString("utf8"));
    } catch {
      return null;
    }
  }
}

function refusal(status: number, known: boolean): RemoteFailure {
  if (status === 401 || status === 403)
    return new RemoteFailure(
      "credentials",
      known
        ? "The other server does not give this user its large files"
        : "The other server wants a user name and a password for its large files",
    );
  if ([404, 405, 406, 410, 501].includes(status))
    return new RemoteFailure("not-found", "The other server keeps no large files for this repository");
  return new RemoteFailure("broken", `The other server answered ${status} when it was asked for large files`);
}
