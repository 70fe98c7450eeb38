/** The way back to a pushing client: lines for people, signs of life, and the verdict (gitprotocol-pack(5), "Report Status"). */
import type { Writable } from "node:stream";
import { flushPacket, packet } from "../protocol/pkt-line.ts";
import { answerBand, keepAlive, messageBand, plainLine } from "../protocol/side-band.ts";
import type { PushHead } from "./request.ts";

/** What became of one reference: null when it moved, otherwise a sentence. */
export interface Verdict {
  readonly ref: string;
  readonly refused: string | null;
}

export interface PushReport {
  /** Lines that the client prints after "remote: "; clients without a side band do not get them. */
  say(lines: readonly string[]): void;
  /** From now on something is sent every few seconds. */
  keepAlive(): void;
  /** The verdict; `unpack` is "ok" or why the objects were not accepted. Leaves the output open. */
  finish(unpack: string, verdicts: readonly Verdict[]): void;
  /** Stops the signs of life. */
  close(): void;
}

const interval = 5_000;

/** Writes to a client that may be gone; that is then not the push's problem any more. */
export function openReport(output: Writable, head: Pick<PushHead, "sideBand" | "report">): PushReport {
  let timer: NodeJS.Timeout | undefined;
  output.on("error", () => undefined);
  const write = (bytes: Uint8Array) => {
    if (!output.destroyed && !output.writableEnded && bytes.length > 0) output.write(bytes);
  };
  return {
    say(lines) {
      if (head.sideBand) write(messageBand(lines));
    },
    keepAlive() {
      if (!head.sideBand || timer) return;
      timer = setInterval(() => {
        if (!output.writableNeedDrain) write(keepAlive);
      }, interval);
    },
    finish(unpack, verdicts) {
      clearInterval(timer);
      if (head.report !== "none") {
        const report = formatReport(unpack, verdicts);
        write(head.sideBand ? answerBand(report) : report);
      }
      if (head.sideBand) write(flushPacket);
    },
    close() {
      clearInterval(timer);
    },
  };
}

/** The verdict as packets; the same for both versions of report-status, as we rename nothing. */
export function formatReport(unpack: string, verdicts: readonly Verdict[]): Buffer {
  return Buffer.concat([
    packet(`unpack ${plainLine(unpack)}\n`),
    ...verdicts.map(({ ref, refused }) =>
      packet(refused === null ? `ok ${ref}\n` : `ng ${ref} ${plainLine(refused)}\n`),
    ),
    flushPacket,
  ]);
}
