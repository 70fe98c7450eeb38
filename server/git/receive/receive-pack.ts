/** Pushes, served in this process. */
import { readObjectFormat } from "../object-format.ts";
import { ByteReader, writeTo } from "../protocol/bytes.ts";
import type { ProtocolVersion } from "../protocol/version.ts";
import { advertiseReceivePack } from "./advertisement.ts";
import type { ReceiveLimits, ReceiveRequest, ReceiveResult } from "./push.ts";
import { openReport } from "./report.ts";
import { readPushHead } from "./request.ts";
import { runPush } from "./run.ts";

const defaults: ReceiveLimits = {
  maxPackBytes: 2 * 1024 ** 3,
  maxFileBytes: 1024 ** 3,
  maxObjects: 20_000_000,
  stall: 120_000,
};

// How much of a refused push is read on so that its client comes to the point where it listens.
const drained = { bytes: 1024 ** 3, time: 600_000 };

/**
 * One push over HTTP; leaves the output open. Null when the client wanted nothing. What is wrong with the push, or on
 * our side, is reported to the client and answered here; throws only ProtocolError (not a push at all) and PeerGone.
 */
export async function serveReceivePack(request: ReceiveRequest): Promise<ReceiveResult | null> {
  return endingIt(request, () => receive(request, false));
}

/** A whole session in both directions (SSH): says what there is, then takes the push. Otherwise as `serveReceivePack`. */
export async function serveReceivePackSession(
  request: ReceiveRequest & { readonly version: ProtocolVersion },
): Promise<ReceiveResult | null> {
  return endingIt(request, async () => {
    await writeTo(request.output, await advertiseReceivePack(request.repository, request.version));
    return receive(request, true);
  });
}

async function endingIt<T>({ handlers }: ReceiveRequest, push: () => Promise<T>): Promise<T> {
  try {
    return await push();
  } finally {
    await handlers.ended?.();
  }
}

async function receive(request: ReceiveRequest, duplex: boolean): Promise<ReceiveResult | null> {
  const limits = { ...defaults, ...request.limits };
  const reader = new ByteReader(request.input, { stall: limits.stall });
  const head = await readPushHead(reader, await readObjectFormat(request.repository));
  if (head === null) return null;
  const report = openReport(request.output, head);
  try {
    if (duplex) report.keepAlive();
    const { result, packTaken } = await runPush(request, head, limits, reader, report);
    // Over HTTP a client sends its whole request before it reads; over SSH it keeps its side open until it has read.
    if (!duplex) await reader.drain(drained.bytes, drained.time);
    report.finish(result.unpack, result.outcomes);
    if (duplex && !packTaken) await reader.drain(drained.bytes, drained.time);
    return result;
  } finally {
    report.close();
  }
}
