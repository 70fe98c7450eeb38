/** The way back to a pushing client: lines for people, signs of life, and the verdict (gitprotocol-pack(5), "Report Status"). */
import type { Writable } from "node:stream";
import { flushPacket, packet } from "../protocol/pkt-line.ts";
import { answerBand, keepAlive, messageBand, plainLine } from "../protocol/side-band.ts";
import type { PushHead } from "./request.ts";

/** What became of one reference: null when it moved, otherwise a sentence. */
export interface Verdict {
  readonly ref: string;
  readonly refused: string | null;
  /** What moved in its place, where the name stands for another one. */
  readonly instead?: MovedInstead | undefined;
}

export interface MovedInstead {
  readonly ref: string;
  readonly old: string | null;
  readonly new: string | null;
  readonly isForce: boolean;
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
        const report = formatReport(unpack, verdicts, head.report);
        write(head.sideBand ? answerBand(report) : report);
      }
      if (head.sideBand) write(flushPacket);
    },
    close() {
      clearInterval(timer);
    },
  };
}

/** The verdict as packets. Only the second version of report-status can tell that another reference moved. */
export function formatReport(
  unpack: string,
  verdicts: readonly Verdict[],
  version: "v1" | "v2" = "v1",
): Buffer {
  return Buffer.concat([
    packet(`unpack ${plainLine(unpack)}\n`),
    ...verdicts.flatMap(({ ref, refused, instead }) =>
      refused === null
        ? [packet(`ok ${ref}\n`), ...(instead && version === "v2" ? optionLines(instead) : [])]
        : [packet(`ng ${ref} ${plainLine(refused)}\n`)],
    ),
    flushPacket,
  ]);
}

function optionLines(moved: MovedInstead): Buffer[] {
  return [
    packet(`option refname ${moved.ref}\n`),
    ...(moved.old === null ? [] : [packet(`option old-oid ${moved.old}\n`)]),
    ...(moved.new === null ? [] : [packet(`option new-oid ${moved.new}\n`)]),
    ...(moved.isForce ? [packet("option forced-update\n")] : []),
  ];
}
