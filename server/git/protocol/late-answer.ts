/** Answers that begin when there is something to say, so that what fails before still gets a status of its own. */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Transform, Writable } from "node:stream";
import { TLSSocket } from "node:tls";
import { writeThrough } from "./bytes.ts";

const highWaterMark = 256 * 1024;

/** An answer whose end is the end of its connection (RFC 9112, 6.3), with its head on the way. */
export interface BareAnswer {
  readonly answer: Writable;
  /** Whatever is written to it is the body. */
  readonly connection: Socket;
}

export interface Doors {
  /** Begins the answer. */
  readonly open: () => Writable;
  /** Begins it as a bare one; null where the connection cannot be lent, and then nothing has happened. */
  readonly lend?: () => Promise<BareAnswer | null>;
  /** Called when it begins. */
  readonly onStart: () => void;
}

/** Begins with the first bytes, writes as fast as the connection takes them, and ends with it. */
export class LateAnswer extends Writable {
  readonly #doors: Doors;
  #target: Writable | null = null;

  constructor(doors: Doors) {
    super({ highWaterMark });
    this.#doors = doors;
  }

  /** The connection, for a program that writes the answer itself; null when the bytes have to come through here. */
  async lend(): Promise<Socket | null> {
    if (this.#target || this.destroyed) return null;
    const bare = (await this.#doors.lend?.()) ?? null;
    if (!bare) return null;
    this.#begin(bare.answer);
    return bare.connection;
  }

  #begin(target: Writable): Writable {
    this.#target = target;
    this.#doors.onStart();
    target.once("close", () => this.destroy());
    target.on("error", (error) => this.destroy(error));
    return target;
  }

  #reach(): Writable {
    return this.#target ?? this.#begin(this.#doors.open());
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // Done when the bytes have left: their place may be used again.
    this.#reach().write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#reach().end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#target && !this.#target.writableFinished) this.#target.destroy();
    done(error);
  }
}

/** The same as the stream of a response. @param onStart called with the first bytes */
export function passing(onStart: () => void): Transform {
  return new Transform({
    highWaterMark,
    transform(chunk, _encoding, done) {
      onStart();
      done(null, chunk);
    },
  });
}

/**
 * Begins an answer without length and without chunks; null where the connection is encrypted by us, gone, or still has
 * something of an earlier answer to send.
 *
 * @throws PeerGone
 */
export async function lendConnection(outgoing: ServerResponse, headers: Headers): Promise<BareAnswer | null> {
  const connection = outgoing.socket;
  if (!connection || connection instanceof TLSSocket || connection.destroyed) return null;
  if (connection.writableLength > 0) return null;
  outgoing.removeHeader("transfer-encoding");
  outgoing.writeHead(200, { ...Object.fromEntries(headers), connection: "close" });
  outgoing.flushHeaders();
  // The head is with the system before anybody else writes.
  if (connection.writableLength > 0) await writeThrough(connection, Buffer.alloc(0));
  return { answer: outgoing, connection };
}
