/** Reading and writing streams piece by piece, with limits and without losing a byte between two readers. */
import type { Readable, Writable } from "node:stream";

/** What the client sent makes no sense. The message is a sentence for the client. */
export class ProtocolError extends Error {
  override readonly name: string = "ProtocolError";
}

/** The client sent more than is allowed. */
export class TooMuchInput extends ProtocolError {
  override readonly name = "TooMuchInput";
}

/** The other side neither sent nor took anything for too long, or went away in the middle. */
export class PeerGone extends Error {
  override readonly name = "PeerGone";
}

export interface ReaderLimits {
  /** Bytes accepted in all; unlimited unless told. */
  readonly maxBytes?: number;
  /** Milliseconds without a byte until PeerGone; two minutes unless told. */
  readonly stall?: number;
}

/** Pulls bytes from a stream, or from a request that is here already; what one reader leaves, the next one gets. */
export class ByteReader {
  readonly #stream: Readable | null;
  readonly #stall: number;
  #chunk: Buffer = Buffer.alloc(0);
  #ended = false;
  #failure: Error | null = null;
  #wake: (() => void) | null = null;
  #interrupted = false;
  /** May be raised or lowered between two messages. */
  maxBytes: number;
  /** Bytes that came in so far. */
  received = 0;

  constructor(source: Readable | Buffer, limits: ReaderLimits = {}) {
    this.#stall = limits.stall ?? 120_000;
    this.maxBytes = limits.maxBytes ?? Number.POSITIVE_INFINITY;
    this.#stream = Buffer.isBuffer(source) ? null : source;
    if (Buffer.isBuffer(source)) {
      this.#chunk = source;
      this.received = source.length;
      this.#ended = true;
    } else this.#listen(source);
  }

  #listen(stream: Readable): void {
    stream.on("readable", () => this.#wake?.());
    stream.on("end", () => this.#finish(null));
    stream.on("error", (error: Error) => this.#finish(new PeerGone(error.message, { cause: error })));
    stream.on("close", () => this.#finish(new PeerGone("the client went away")));
    if (stream.readableEnded) this.#ended = true;
    else if (stream.destroyed) this.#failure = new PeerGone("the client went away");
  }

  #finish(failure: Error | null): void {
    if (!this.#ended && this.#failure === null) {
      if (failure === null) this.#ended = true;
      else this.#failure = failure;
    }
    this.#wake?.();
  }

  /** Makes a waiting `peek` answer null now, and all later ones. */
  interrupt(): void {
    this.#interrupted = true;
    this.#wake?.();
  }

  /** Undoes `interrupt`. */
  resume(): void {
    this.#interrupted = false;
  }

  /** The bytes at hand, waiting for some; null at the end of the stream. They stay until `take`. Throws PeerGone, TooMuchInput. */
  async peek(): Promise<Buffer | null> {
    for (;;) {
      if (this.#interrupted) return null;
      if (this.#chunk.length > 0) return this.#chunk;
      const read = (this.#stream?.read() ?? null) as Buffer | null;
      if (read !== null && read.length > 0) {
        this.#chunk = read;
        this.received += read.length;
        if (this.received > this.maxBytes) throw new TooMuchInput("the request is too large");
        return read;
      }
      if (this.#failure) throw this.#failure;
      if (this.#ended) return null;
      await this.#more();
    }
  }

  /** Marks the first bytes of what `peek` showed as used. */
  take(count: number): void {
    this.#chunk = this.#chunk.subarray(count);
  }

  /**
   * Notices that the client goes away while nobody waits for it: a stream that is not read does not come to its end. What it sends
   * meanwhile is kept for the next reader. Answers how to stop.
   */
  watch(onGone: (error: Error) => void): () => void {
    const look = () => {
      if (this.#chunk.length === 0) {
        const read = (this.#stream?.read() ?? null) as Buffer | null;
        if (read !== null) {
          this.#chunk = read;
          this.received += read.length;
        }
      }
      if (this.#failure) onGone(this.#failure);
    };
    this.#wake = look;
    look();
    return () => {
      if (this.#wake === look) this.#wake = null;
    };
  }

  /** Gives bytes back that were taken last: the next reader gets them first. */
  putBack(bytes: Buffer): void {
    this.#chunk = this.#chunk.length === 0 ? bytes : Buffer.concat([bytes, this.#chunk]);
  }

  /** Exactly `count` bytes; null when the stream ended before the first of them. Throws PeerGone when it ended between. */
  async exactly(count: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const chunk = await this.peek();
      if (chunk === null) {
        if (missing === count) return null;
        throw new PeerGone("the request was cut off");
      }
      const part = chunk.subarray(0, missing);
      parts.push(part);
      missing -= part.length;
      this.take(part.length);
    }
    return parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts);
  }

  /** Bytes that readers used so far. */
  get used(): number {
    return this.received - this.#chunk.length;
  }

  /** Reads and forgets what is left, for so many bytes and milliseconds at most. Never throws. */
  async drain(maxBytes: number, time: number): Promise<void> {
    this.resume();
    this.maxBytes = this.received + maxBytes;
    const timer = setTimeout(() => this.interrupt(), time);
    try {
      for (let chunk = await this.peek(); chunk !== null; chunk = await this.peek()) this.take(chunk.length);
    } catch {
      // Whoever sent this gets an answer or is gone; either way nobody needs the rest.
    } finally {
      clearTimeout(timer);
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#wake = null;
        reject(new PeerGone(`the client sent nothing for ${this.#stall} ms`));
      }, this.#stall);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
    });
  }
}

/** Writes and waits until there is room again. Throws PeerGone when the other side left or stalls. */
export async function writeTo(output: Writable, bytes: Uint8Array, stall = 120_000): Promise<void> {
  if (output.destroyed || output.writableEnded) throw new PeerGone("the client went away");
  if (!output.write(bytes)) await heard(output, stall, (done) => void output.once("drain", done));
}

/** Writes and waits until the bytes have left, so that their place can be used again. Throws as `writeTo`. */
export async function writeThrough(output: Writable, bytes: Uint8Array, stall = 120_000): Promise<void> {
  if (output.destroyed || output.writableEnded) throw new PeerGone("the client went away");
  await heard(output, stall, (done) => void output.write(bytes, done));
}

async function heard(
  output: Writable,
  stall: number,
  wait: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const done = (failure: Error | null) => {
      clearTimeout(timer);
      output.off("drain", onDone);
      output.off("close", onClose);
      output.off("error", onClose);
      if (failure) reject(failure);
      else resolve();
    };
    const onDone = (error?: Error | null) => done(error ? new PeerGone("the client went away") : null);
    const onClose = () => done(new PeerGone("the client went away"));
    const timer = setTimeout(() => done(new PeerGone(`the client took nothing for ${stall} ms`)), stall);
    output.on("close", onClose);
    output.on("error", onClose);
    wait(onDone);
  });
}
