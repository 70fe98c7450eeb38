import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  hmac,
  MasterKeyError,
  mintToken,
  openKeyring,
  parseToken,
  rotateKeyFile,
  SealError,
  sha256Hex,
  timingSafeEqual,
} from "./index.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wit-crypto-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const key = (fill: number) => Buffer.alloc(32, fill).toString("base64");
const reasonOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof SealError) return error.reason;
    throw error;
  }
  return "opened";
};

describe("the keyring", () => {
  test("opens what it sealed, for any content and any context", async () => {
    const ring = await openKeyring({ secretKey: key(1) });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (content, context) => {
        expect(ring.openText(ring.seal(content, context), context)).toBe(content);
      }),
    );
  });

  test("seals the same content differently each time", async () => {
    const ring = await openKeyring({ secretKey: key(1) });
    expect(ring.seal("same", "c")).not.toBe(ring.seal("same", "c"));
  });

  test("refuses a record that was moved to another context", async () => {
    const ring = await openKeyring({ secretKey: key(1) });
    const sealed = ring.seal("secret", "webhooks/1");
    expect(reasonOf(() => ring.open(sealed, "webhooks/2"))).toBe("tampered");
  });

  test("refuses a record in which any character was changed, and never with another error", async () => {
    const ring = await openKeyring({ secretKey: key(1) });
    const sealed = ring.seal("secret", "c");
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom("A", "z", "0", ".", "é"), (at, letter) => {
        // The last base64url digit of a part may carry bits that no byte uses.
        const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
        const same = changed.split(".").every((part, index) => {
          const bytes = (text: string) => (index < 2 ? text : Buffer.from(text, "base64url").toString("hex"));
          return bytes(part) === bytes(sealed.split(".")[index] ?? "") && !/[^\w.-]/.test(changed);
        });
        const reason = reasonOf(() => ring.open(changed, "c"));
        if (same) expect(reason).toBe("opened");
        else expect(["malformed", "unknown-key", "tampered"]).toContain(reason);
      }),
      { numRuns: 500 },
    );
  });

  test("refuses a content that was taken from another record of the same context", async () => {
    const ring = await openKeyring({ secretKey: key(1) });
    const [one, two] = [ring.seal("one", "c").split("."), ring.seal("two", "c").split(".")];
    expect(reasonOf(() => ring.open([...one.slice(0, 3), two[3]].join("."), "c"))).toBe("tampered");
  });

  test("after rotation writes with the newest key and reads with all of them", async () => {
    const before = await openKeyring({ secretKey: key(1) });
    const sealed = before.seal("old", "c");
    const after = await openKeyring({ secretKey: `${key(1)},${key(2)}` });
    expect(after.openText(sealed, "c")).toBe("old");
    expect(after.keyIdOf(after.seal("new", "c"))).toBe(after.currentKeyId);
    expect(after.keyIdOf(sealed)).toBe(before.currentKeyId);
    expect(after.hmac("p", "x")).toBe(before.hmac("p", "x"));
    const only = await openKeyring({ secretKey: key(2) });
    expect(reasonOf(() => only.open(sealed, "c"))).toBe("unknown-key");
    expect(only.openText(after.rewrap(sealed, "c"), "c")).toBe("old");
  });

  test("derives another key for every purpose of hmac", async () => {
    const ring = await openKeyring({ secretKey: key(1) });
    expect(ring.hmac("a", "x")).not.toBe(ring.hmac("b", "x"));
    expect(ring.hmac("a", "x")).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ["short", "c2hvcnQ="],
    ["no base64", "!!!"],
    ["33 bytes", Buffer.alloc(33).toString("base64")],
    ["empty", ""],
  ])("refuses a secret key that is %s, without repeating it", async (_, secretKey) => {
    const refusal = await openKeyring({ secretKey }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MasterKeyError);
    if (secretKey) expect(String(refusal)).not.toContain(secretKey);
  });
});

describe("the key file", () => {
  test("is made once, private, and the same for processes that start together", async () => {
    const keyFile = join(folder, "deep", "keys");
    const rings = await Promise.all(Array.from({ length: 8 }, () => openKeyring({ keyFile })));
    expect(new Set(rings.map((ring) => ring.currentKeyId)).size).toBe(1);
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, "deep"))).toEqual(["keys"]);
  });

  test("that others can read is refused with the command that closes it", async () => {
    const keyFile = join(folder, "keys");
    await openKeyring({ keyFile });
    await chmod(keyFile, 0o644);
    await expect(openKeyring({ keyFile })).rejects.toThrow(`chmod 600 '${keyFile}'`);
  });

  test("keeps reading old records after a rotation", async () => {
    const keyFile = join(folder, "keys");
    const before = await openKeyring({ keyFile });
    const sealed = before.seal("old", "c");
    await rotateKeyFile(keyFile);
    const after = await openKeyring({ keyFile });
    expect(after.currentKeyId).not.toBe(before.currentKeyId);
    expect(after.openText(sealed, "c")).toBe("old");
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    expect((await readFile(keyFile, "utf8")).trim().split("\n")).toHaveLength(3);
  });

  test("is still read when a secret key takes over", async () => {
    const keyFile = join(folder, "keys");
    const sealed = (await openKeyring({ keyFile })).seal("old", "c");
    const ring = await openKeyring({ keyFile, secretKey: key(7) });
    expect(ring.openText(sealed, "c")).toBe("old");
    expect(ring.keyIdOf(ring.seal("new", "c"))).toBe((await openKeyring({ secretKey: key(7) })).currentKeyId);
  });

  test("that was cut off is refused, not replaced", async () => {
    const keyFile = join(folder, "keys");
    await writeFile(keyFile, "", { mode: 0o600 });
    await expect(openKeyring({ keyFile })).rejects.toThrow(MasterKeyError);
    expect(await readFile(keyFile, "utf8")).toBe("");
  });
});

describe("tokens", () => {
  test("have a shape that is provable before any look-up, and never repeat", () => {
    const tokens = Array.from({ length: 500 }, () => mintToken("wit"));
    expect(new Set(tokens).size).toBe(500);
    for (const token of tokens) {
      expect(token).toMatch(/^wit_[0-9A-Za-z]{33}$/);
      expect(parseToken(token)).toEqual({ prefix: "wit" });
    }
  });

  test("with one wrong character are recognised as wrong", () => {
    const token = mintToken("wit");
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom("0", "a", "Z", "_", " ", "é", "\n"),
        (at, letter) => {
          const changed = token.slice(0, at) + letter + token.slice(at + 1);
          expect(parseToken(changed)).toEqual(changed === token ? { prefix: "wit" } : null);
        },
      ),
    );
    expect(parseToken(`${token}\n`)).toBeNull();
  });

  test.each(["", "W", "with space", "a", "1ab", "a_b"])("are not minted under the prefix %j", (prefix) => {
    expect(() => mintToken(prefix)).toThrow(RangeError);
  });
});

describe("digests", () => {
  test("agree with published vectors", () => {
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 4231, test case 2.
    expect(hmac("Jefe", "what do ya want for nothing?")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  test("tell equal texts from unequal ones, also of unequal length", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => timingSafeEqual(a, b) === (a === b)));
    expect(timingSafeEqual("a", "ab")).toBe(false);
  });
});
