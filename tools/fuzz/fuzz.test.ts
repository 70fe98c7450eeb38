/** A short run of the fuzzer, and that it would find something. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ByteReader, ProtocolError } from "../../server/git/protocol/bytes.ts";
import { readPushHead } from "../../server/git/receive/request.ts";
import { mutate, pieces } from "./mutate.ts";
import { randomFrom } from "./random.ts";
import { outcome, targetsOn, type Target } from "./test-targets.ts";
import { record, type Recorded } from "./transcripts.ts";

let recorded: Recorded;
let targets: readonly Target[];

beforeAll(async () => {
  recorded = await record();
  targets = targetsOn(recorded.repository);
});
afterAll(() => recorded.remove());

test("a real client with something wrong is understood or refused, and never depends on how the network cut it", async () => {
  const seen = new Map<string, { understood: number; refused: number }>();
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.nat(), async (seed, turn) => {
      const target = targets[turn % targets.length];
      if (!target) throw new Error("no target");
      const random = randomFrom(seed);
      const bytes = mutate(random, recorded.texts);
      const inOne = await outcome(target, bytes);
      expect(await outcome(target, pieces(random, bytes)), target.name).toBe(inOne);
      const counts = seen.get(target.name) ?? { understood: 0, refused: 0 };
      counts[inOne.startsWith("{") ? "understood" : "refused"] += 1;
      seen.set(target.name, counts);
    }),
    { numRuns: 6_000 },
  );
  // Input that is always refused, or never, would prove nothing about what lies behind.
  for (const target of targets) {
    const counts = seen.get(target.name);
    expect(counts?.understood, target.name).toBeGreaterThan(0);
    if (/push|ls-refs|packets|version 2/.test(target.name))
      expect(counts?.refused, target.name).toBeGreaterThan(0);
  }
});

test("a failure that is not the client's, and a reading that depends on the borders of pieces, come to light", async () => {
  const failing: Target = { name: "x", read: async () => Promise.reject(new TypeError("ours")) };
  await expect(outcome(failing, Buffer.alloc(1))).rejects.toThrow("ours");
  const counting: Target = { name: "x", read: async (input) => (Buffer.isBuffer(input) ? 1 : input.length) };
  expect(await outcome(counting, [Buffer.alloc(1), Buffer.alloc(1)])).not.toBe(
    await outcome(counting, Buffer.alloc(2)),
  );
});

test("the transcripts as they were recorded are all understood by what they are for", async () => {
  const read = async (name: string) => {
    const target = targets.find((one) => one.name === name);
    if (!target) throw new Error(`no target ${name}`);
    const outcomes = await Promise.all(recorded.texts.map((text) => outcome(target, text)));
    return outcomes.filter((one) => one.startsWith("{")).map((one) => JSON.parse(one).value);
  };
  const pushes = (await read("push")).filter((one) => one !== null);
  expect(pushes.find(({ atomic }) => atomic)).toMatchObject({ options: ["one=1", "two"], sideBand: true });
  expect(pushes.some(({ changes }) => changes.some((change: { new: unknown }) => change.new === null))).toBe(
    true,
  );
  expect((await read("command of version 2")).some((one) => String(one).includes("refs/tags/v1"))).toBe(true);
  expect(await read("command over SSH")).toContainEqual([
    { service: "git-upload-pack", owner: "alice", name: "demo" },
    ["alice", "demo"],
    null,
  ]);
});

test("too many commands, options and long names are refused before they take room", async () => {
  const packet = (text: string) => (Buffer.byteLength(text) + 4).toString(16).padStart(4, "0") + text;
  const oid = "1".repeat(40);
  const head = (lines: readonly string[]) => new ByteReader(Buffer.from(lines.join("")));
  const command = (ref: string) => packet(`${"0".repeat(40)} ${oid} ${ref}\0push-options`);
  const options = Array.from({ length: 65 }, (_, n) => packet(`o${n}`));
  await expect(
    readPushHead(head([command("refs/heads/a"), "0000", ...options, "0000"]), "sha1"),
  ).rejects.toThrow("too many");
  await expect(readPushHead(head([command(`refs/heads/${"a".repeat(5_000)}`)]), "sha1")).rejects.toThrow(
    ProtocolError,
  );
  const many = Array.from({ length: 100_001 }, (_, n) => command(`refs/heads/${n}`));
  await expect(readPushHead(head(many), "sha1")).rejects.toThrow("too many references");
  // Lines about a cut history count too, though nothing is kept of them.
  const shallow = Array.from({ length: 700_000 }, () => packet(`shallow ${oid}`));
  await expect(readPushHead(head(shallow), "sha1")).rejects.toThrow("too many references");
});
