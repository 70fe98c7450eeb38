/** An answer in a file that is open. */
import { close, read } from "node:fs";
import type { Writable } from "node:stream";
import { promisify } from "node:util";
import { writeThrough, writeTo } from "./bytes.ts";
import { LateAnswer } from "./late-answer.ts";

const pieceBytes = 256 * 1024;

export class KeptAnswer {
  readonly #file: number;
  #stopped: Error | null = null;

  /** @param file its descriptor, which is closed in the end */
  constructor(file: number) {
    this.#file = file;
  }

  /** Makes `send` fail for this reason before its next piece. */
  stop(reason: Error): void {
    this.#stopped ??= reason;
  }

  /**
   * Sends all of it, no faster than it is taken. Called once.
   *
   * @param stall milliseconds without a byte taken until PeerGone
   */
  async send(output: Writable, stall?: number): Promise<void> {
    // Fresh memory for each piece costs more in collecting it than reading and sending: one place is enough where it is known
    // when the bytes have left.
    const write = output instanceof LateAnswer ? writeThrough : writeTo;
    const place = write === writeThrough ? Buffer.allocUnsafeSlow(pieceBytes) : null;
    try {
      for (;;) {
        const piece = place ?? Buffer.allocUnsafeSlow(pieceBytes);
        const { bytesRead } = await readFile(this.#file, piece, 0, pieceBytes, null);
        if (this.#stopped) throw this.#stopped;
        if (bytesRead === 0) return;
        await write(output, piece.subarray(0, bytesRead), stall);
      }
    } finally {
      close(this.#file);
    }
  }
}

const readFile = promisify(read);
