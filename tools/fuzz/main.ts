/**
 * `node tools/fuzz/main.ts [--inputs 1000000] [--seed 1]`: gives what reads strangers' bytes real transcripts with something
 * wrong in them, whole and in pieces. Ends with 1 at the first input that is neither understood nor refused as the client's
 * mistake, is understood differently in pieces, or takes too long; and when memory grew.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { inspect, parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { mutate, pieces } from "./mutate.ts";
import { randomFrom } from "./random.ts";
import { outcome, targetsOn } from "./test-targets.ts";
import { record } from "./transcripts.ts";

interface Order {
  readonly inputs: number;
  readonly seed: number;
  readonly texts: readonly Uint8Array[];
  readonly dir: string;
  /** Inputs done so far, read by the one who watches the time. */
  readonly done: SharedArrayBuffer;
}

interface Findings {
  readonly refused: number;
  readonly slowestMs: number;
  readonly heapBefore: number;
  readonly heapAfter: number;
}

const mostMs = 5_000;
const mostGrowth = 4 * 1024 * 1024;

if (isMainThread) await watch();
else await work(workerData as Order);

async function watch(): Promise<void> {
  const { values } = parseArgs({ options: { inputs: { type: "string" }, seed: { type: "string" } } });
  const inputs = Number(values.inputs ?? 100_000);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  process.stdout.write(`seed ${seed}, ${inputs} inputs\n`);
  const { texts, repository, remove } = await record();
  const done = new SharedArrayBuffer(4);
  const order: Order = { inputs, seed, texts, dir: repository.dir, done };
  const began = performance.now();
  const worker = new Worker(import.meta.filename, { workerData: order });
  const findings = await new Promise<Findings | string>((resolve) => {
    let seen = -1;
    // Nothing inside a thread can tell that it stands still.
    const watchman = setInterval(() => {
      const now = Atomics.load(new Int32Array(done), 0);
      if (now === seen) resolve(`input ${now} takes longer than ${mostMs} ms`);
      seen = now;
    }, mostMs);
    worker.once("message", (message: Findings) => resolve(message));
    worker.once("error", (error) => resolve(inspect(error)));
    worker.once("exit", () => clearInterval(watchman));
  });
  await worker.terminate();
  await remove();
  const seconds = (performance.now() - began) / 1_000;
  if (typeof findings === "string") {
    process.stdout.write(`${findings}\n`);
    process.exitCode = 1;
    return;
  }
  const { refused, slowestMs, heapBefore, heapAfter } = findings;
  const mebibytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
  const grown = heapAfter - heapBefore;
  process.stdout.write(
    `${inputs} inputs from ${texts.length} transcripts in ${seconds.toFixed(0)} s, ${refused} of them refused; ` +
      `slowest ${slowestMs.toFixed(1)} ms; memory ${mebibytes(heapBefore)} after a tenth, ${mebibytes(heapAfter)} at the end\n`,
  );
  if (grown > mostGrowth) {
    process.stdout.write(`memory grew by ${mebibytes(grown)}\n`);
    process.exitCode = 1;
  }
}

async function work({ inputs, seed, texts, dir, done }: Order): Promise<void> {
  const targets = targetsOn({ dir });
  const corpus = texts.map((text) => Buffer.from(text));
  const progress = new Int32Array(done);
  let refused = 0;
  let slowestMs = 0;
  let heapBefore = memory();
  for (let turn = 0; turn < inputs; turn += 1) {
    // Each input has a seed of its own, so that one can be tried again without those before it.
    const random = randomFrom(Math.imul(seed, 2_654_435_761) ^ Math.imul(turn + 1, 40_503));
    const target = random.one(targets);
    const bytes = mutate(random, corpus);
    const began = performance.now();
    try {
      const inOne = await outcome(target, bytes);
      const inPieces = await outcome(target, pieces(random, bytes));
      if (inOne !== inPieces)
        throw new Error(`in pieces: ${inPieces.slice(0, 300)}\nin one: ${inOne.slice(0, 300)}`);
      if (!inOne.startsWith("{")) refused += 1;
    } catch (error) {
      throw new Error(`${target.name}, input ${turn}: ${bytes.toString("base64")}`, { cause: error });
    }
    slowestMs = Math.max(slowestMs, performance.now() - began);
    Atomics.store(progress, 0, turn + 1);
    if (turn === Math.floor(inputs / 10)) heapBefore = memory();
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ refused, slowestMs, heapBefore, heapAfter: memory() } satisfies Findings);
}

/** Bytes that are still in use, on the heap and beside it. */
function memory(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
