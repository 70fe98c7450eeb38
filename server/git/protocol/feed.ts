/** From a client into a process. */
import type { LongProcess } from "../long-process.ts";
import { writeTo, type ByteReader } from "./bytes.ts";

/**
 * Gives a process first some bytes and then what the client sends, no faster than it takes them, until the client
 * or the process ends. A process that ends asks for no more, also while the client waits for its answer: what was
 * not fed stays in the reader. `onChunk` sees what passes after the first bytes, `onEnd` is called when the client has sent everything. When the client breaks off or sends too much, the process is stopped for that reason.
 */
export async function feedProcess(
  process: LongProcess,
  reader: ByteReader,
  begin: Uint8Array,
  { onChunk, onEnd }: { readonly onChunk?: (chunk: Buffer) => void; readonly onEnd?: () => void } = {},
): Promise<void> {
  const interrupt = () => reader.interrupt();
  const ended = process.end.then(interrupt, interrupt);
  try {
    if (begin.length > 0 && !(await give(process, begin))) return;
    for (let chunk = await reader.peek(); chunk !== null; chunk = await reader.peek()) {
      reader.take(chunk.length);
      onChunk?.(chunk);
      if (!(await give(process, chunk))) return;
    }
    process.stdin.end();
    onEnd?.();
  } catch (error) {
    process.stop(error as Error);
  } finally {
    await ended;
    reader.resume();
  }
}

// A process may compute for long before it reads on; its own deadline bounds the wait.
const patience = 24 * 3_600_000;

async function give(process: LongProcess, bytes: Uint8Array): Promise<boolean> {
  return writeTo(process.stdin, bytes, patience).then(
    () => true,
    () => false,
  );
}
