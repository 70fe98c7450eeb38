import fc from "fast-check";
import { PassThrough, Readable } from "node:stream";
import { expect, test } from "vitest";
import { parseChange, readPushHead } from "../receive/request.ts";
import { formatReport } from "../receive/report.ts";
import { ByteReader, PeerGone, ProtocolError } from "./bytes.ts";
import { readLsRefs } from "./ls-refs.ts";
import { flushPacket, maxPayload, packet, readPacket, type Packet } from "./pkt-line.ts";
import { answerBand, messageBand } from "./side-band.ts";
import { protocolVersion } from "./version.ts";

/** The bytes in pieces of random size, as a network delivers them. */
function inPieces(bytes: Uint8Array, sizes: readonly number[]): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  return Readable.from(pieces, { objectMode: false });
}

async function readAll(reader: ByteReader): Promise<Packet[]> {
  const packets: Packet[] = [];
  for (let next = await readPacket(reader); next !== null; next = await readPacket(reader))
    packets.push(next);
  return packets;
}

const sizes = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 5 });

test("packets come back as they were sent, however the network cuts them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.uint8Array({ maxLength: 3_000 })), { maxLength: 8 }),
      sizes,
      async (payloads, cuts) => {
        const bytes = Buffer.concat(
          payloads.map((payload) => (payload === null ? flushPacket : packet(payload))),
        );
        const back = await readAll(new ByteReader(inPieces(bytes, cuts)));
        expect(back.map((next) => (next.kind === "data" ? [...next.data] : null))).toEqual(
          payloads.map((payload) => (payload === null ? null : [...payload])),
        );
      },
    ),
    { numRuns: 150 },
  );
});

// Mostly well-formed input with something wrong in it finds more than pure noise.
const hex = fc.constantFrom("0".repeat(40), "1".repeat(40), "a".repeat(39), "g".repeat(40), "A".repeat(40));
const line = fc.oneof(
  fc
    .tuple(hex, hex, fc.string({ unit: "binary", maxLength: 30 }))
    .map(([old, to, ref]) => packet(`${old} ${to} ${ref}\0report-status push-options`)),
  fc.constantFrom(
    flushPacket,
    Buffer.from("0001"),
    Buffer.from("0002"),
    Buffer.from("0003"),
    Buffer.from("ffff"),
    Buffer.from("-001"),
  ),
  fc
    .constantFrom(
      "peel\n",
      "symrefs",
      "unborn",
      "ref-prefix refs/",
      "ref-prefix ",
      "shallow x",
      "push-cert x",
    )
    .map((text) => packet(text)),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => packet(bytes)),
);
const input = fc.array(line, { maxLength: 10 }).map((lines) => Buffer.concat(lines));

test.each([
  ["a push", (reader: ByteReader) => readPushHead(reader, "sha1")],
  ["ls-refs", (reader: ByteReader) => readLsRefs(reader)],
])(
  "whatever bytes arrive, reading %s ends in a value or in an error that is the client's",
  async (_name, read) => {
    let values = 0;
    await fc.assert(
      fc.asyncProperty(input, sizes, async (bytes, cuts) => {
        try {
          await read(new ByteReader(inPieces(bytes, cuts)));
          values += 1;
        } catch (error) {
          expect(error instanceof ProtocolError || error instanceof PeerGone, String(error)).toBe(true);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(values).toBeGreaterThan(0);
  },
);

test("a command is read exactly as it was written, or refused", () => {
  const oid = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 40, maxLength: 40 });
  fc.assert(
    fc.property(oid, oid, fc.string({ minLength: 1 }), (old, to, ref) => {
      const change = parseChange(`${old} ${to} ${ref}`, "sha1");
      expect(change).toEqual({ ref, old: /^0+$/.test(old) ? null : old, new: /^0+$/.test(to) ? null : to });
      expect(() => parseChange(`${old}  ${to} ${ref}`, "sha1")).toThrow(ProtocolError);
      expect(() => parseChange(`${old} ${to} ${ref}`, "sha256")).toThrow(ProtocolError);
    }),
  );
});

test("a long report is cut into packets of the side band that join to the same report", async () => {
  const report = formatReport(
    "ok",
    Array.from({ length: 5_000 }, (_, n) => ({ ref: `refs/heads/${n}`, refused: n % 2 ? null : "no\nline" })),
  );
  const packets = await readAll(new ByteReader(Readable.from([answerBand(report)], { objectMode: false })));
  expect(packets.length).toBeGreaterThan(1);
  const joined = packets.map((next) => {
    if (next.kind !== "data") throw new Error("not data");
    expect(next.data[0]).toBe(1);
    expect(next.data.length).toBeLessThanOrEqual(maxPayload);
    return next.data.subarray(1);
  });
  expect(Buffer.concat(joined).equals(report)).toBe(true);
});

test("no message can drive the terminal of a client", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 50 }), { maxLength: 5 }), (lines) => {
      const text = messageBand(lines).toString("utf8");
      expect(text).not.toMatch(
        // oxlint-disable-next-line no-control-regex
        /[\u0000\u0001\u0003-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
      );
    }),
  );
});

test("a reader gives up on a stream that stands still, breaks or grows too large", async () => {
  const still = new PassThrough();
  await expect(new ByteReader(still, { stall: 20 }).peek()).rejects.toThrow(PeerGone);
  const broken = new PassThrough();
  const breaking = new ByteReader(broken).exactly(10);
  broken.write("abc");
  broken.destroy();
  await expect(breaking).rejects.toThrow(PeerGone);
  const large = new ByteReader(Readable.from([Buffer.alloc(100)], { objectMode: false }), { maxBytes: 50 });
  await expect(large.exactly(80)).rejects.toThrow(/too large/);
});

test("the protocol version is read from whatever clients send", () => {
  expect(
    ["version=2", "version=1", "version=2:side=x", "a:version=1", "version=1:version=2"].map(protocolVersion),
  ).toEqual([2, 1, 2, 1, 2]);
  expect([null, undefined, "", "version=3", "version=2;x", "\nversion=2"].map(protocolVersion)).toEqual([
    0, 0, 0, 0, 0, 0,
  ]);
});
