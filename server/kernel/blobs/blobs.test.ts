import { createHash, randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Blobs, openBlobs } from "./index.ts";

const sha = (content: Uint8Array | string) => createHash("sha256").update(content).digest("hex");
const partSize = 5 * 1024 * 1024;

let folder = "";
let bucket: FakeBucket;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wit-blobs-"));
  bucket = await FakeBucket.start();
});
afterEach(async () => {
  await bucket.stop();
  await rm(folder, { recursive: true, force: true });
});

const stores = [
  {
    store: "files",
    openStore: () => openBlobs({ dataDir: folder }),
    drafts: () => join(folder, "blobs", "drafts"),
  },
  {
    store: "a bucket",
    openStore: () => openBlobs({ dataDir: folder, s3: { ...bucket.settings, prefix: "wit/", partSize } }),
    drafts: () => join(folder, "blob-drafts"),
  },
];

describe.each(stores)("blobs in $store", ({ openStore, drafts }) => {
  let blobs: Blobs;
  beforeEach(async () => {
    blobs = await openStore();
  });
  const read = async (sha256: string, range?: { offset: number; length?: number }) =>
    buffer(await blobs.get(sha256, range));

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["a few bytes", Buffer.from("hello")],
    ["bytes that are no text", Buffer.from([0, 255, 10, 13, 0])],
    ["more than two parts", randomBytes(2 * partSize + 1)],
  ])("keep %s under its SHA-256, from memory and from a stream", async (_, content) => {
    const expected = { sha256: sha(content), size: content.length };
    expect(await blobs.put(content)).toEqual(expected);
    expect((await read(expected.sha256)).equals(content)).toBe(true);
    await blobs.delete(expected.sha256);
    expect(
      await blobs.put(Readable.from(content.length > 0 ? [content.subarray(0, 3), content.subarray(3)] : [])),
    ).toEqual(expected);
    expect((await read(expected.sha256)).equals(content)).toBe(true);
    expect(await blobs.stat(expected.sha256)).toEqual({ size: content.length });
    expect(await readdir(drafts())).toEqual([]);
  });

  test("answer any part, and nothing beyond the end", async () => {
    const { sha256 } = await blobs.put(Buffer.from("0123456789"));
    expect((await read(sha256, { offset: 3 })).toString()).toBe("3456789");
    expect((await read(sha256, { offset: 3, length: 2 })).toString()).toBe("34");
    expect((await read(sha256, { offset: 8, length: 50 })).toString()).toBe("89");
    expect((await read(sha256, { offset: 3, length: 0 })).toString()).toBe("");
    expect((await read(sha256, { offset: 10 })).toString()).toBe("");
    expect((await read(sha256, { offset: 99, length: 1 })).toString()).toBe("");
  });

  test("are stored once, also when many store the same at once", async () => {
    const content = randomBytes(100_000);
    const all = await Promise.all(Array.from({ length: 8 }, () => blobs.put(content)));
    expect(new Set(all.map((one) => one.sha256))).toEqual(new Set([sha(content)]));
    expect((await read(sha(content))).equals(content)).toBe(true);
    expect(await readdir(drafts())).toEqual([]);
  });

  test("that are absent are told so, and deleting them is no error", async () => {
    const sha256 = sha("absent");
    expect(await blobs.has(sha256)).toBe(false);
    expect(await blobs.stat(sha256)).toBeNull();
    await expect(blobs.get(sha256)).rejects.toMatchObject({ reason: "not-found" });
    await expect(blobs.get(sha256, { offset: 1, length: 1 })).rejects.toMatchObject({ reason: "not-found" });
    await blobs.delete(sha256);
  });

  test("are gone after deletion", async () => {
    const { sha256 } = await blobs.put(Buffer.from("x"));
    expect(await blobs.has(sha256)).toBe(true);
    await blobs.delete(sha256);
    expect(await blobs.has(sha256)).toBe(false);
  });

  test("leave no trace of a source that fails, is too large or is not what was announced", async () => {
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from("begin");
        throw new Error("connection lost");
      })(),
    );
    await expect(blobs.put(failing)).rejects.toThrow("connection lost");
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1_000);
      })(),
    );
    await expect(blobs.put(endless, { maxBytes: 10_000 })).rejects.toMatchObject({ reason: "too-large" });
    await expect(blobs.put(Buffer.from("a"), { sha256: sha("b") })).rejects.toMatchObject({
      reason: "mismatch",
    });
    expect(await blobs.has(sha("begin"))).toBe(false);
    expect(await blobs.has(sha("a"))).toBe(false);
    expect(await readdir(drafts())).toEqual([]);
    expect(
      await blobs.put(Buffer.alloc(10_000), { maxBytes: 10_000, sha256: sha(Buffer.alloc(10_000)) }),
    ).toMatchObject({
      size: 10_000,
    });
  });

  test.each(["", "../../etc/passwd", `${sha("x").slice(0, 63)}/`, sha("x").toUpperCase(), `${sha("x")}\n`])(
    "are not looked for under the name %j",
    async (name) => {
      for (const act of [blobs.get, blobs.has, blobs.stat, blobs.delete])
        await expect(act(name)).rejects.toThrow(RangeError);
    },
  );

  test("keep no draft that a crash left behind", async () => {
    await mkdir(drafts(), { recursive: true });
    await writeFile(join(drafts(), "old"), "x");
    await writeFile(join(drafts(), "new"), "x");
    const longAgo = new Date(Date.now() - 2 * 24 * 3_600_000);
    await utimes(join(drafts(), "old"), longAgo, longAgo);
    await openStore();
    expect(await readdir(drafts())).toEqual(["new"]);
  });
});

test("files and their folders can be read by their owner only", async () => {
  const blobs = await openBlobs({ dataDir: folder });
  const { sha256 } = await blobs.put(Buffer.from("x"));
  const at = join(folder, "blobs", sha256.slice(0, 2), sha256.slice(2, 4));
  expect((await stat(join(at, sha256))).mode & 0o777).toBe(0o600);
  expect((await stat(at)).mode & 0o777).toBe(0o700);
});

test.skipIf(process.getuid?.() === 0)(
  "a folder that cannot be read is an error and not an absent blob",
  async () => {
    const blobs = await openBlobs({ dataDir: folder });
    const { sha256 } = await blobs.put(Buffer.from("x"));
    await chmod(join(folder, "blobs"), 0);
    await expect(blobs.has(sha256)).rejects.toMatchObject({ code: "EACCES" });
    await chmod(join(folder, "blobs"), 0o700);
  },
);

test("an upload in parts that fails is aborted, so that no part is left in the bucket", async () => {
  const blobs = await openBlobs({ dataDir: folder, s3: { ...bucket.settings, partSize } });
  bucket.failPart = 2;
  await expect(blobs.put(randomBytes(2 * partSize))).rejects.toThrow();
  expect(bucket.uploads.size).toBe(0);
  expect(bucket.objects.size).toBe(0);
});

test("a bucket is written under the condition that the name is free, and losing that race is no error", async () => {
  const blobs = await openBlobs({ dataDir: folder, s3: bucket.settings });
  bucket.hideFromHead = true;
  const first = await blobs.put(Buffer.from("same"));
  expect(await blobs.put(Buffer.from("same"))).toEqual(first);
  expect(bucket.refusals).toBe(1);
});

test("a bucket that refuses the credentials is an error and not an absent blob", async () => {
  const blobs = await openBlobs({ dataDir: folder, s3: { ...bucket.settings, accessKeyId: "wrong" } });
  await expect(blobs.has(sha("x"))).rejects.toThrow();
  await expect(blobs.put(Buffer.from("x"))).rejects.toThrow();
});

/** As much of the S3 API as the store uses, in memory: https://docs.aws.amazon.com/AmazonS3/latest/API/ */
class FakeBucket {
  readonly objects = new Map<string, Buffer>();
  readonly uploads = new Map<string, Map<number, Buffer>>();
  failPart = 0;
  hideFromHead = false;
  refusals = 0;
  readonly #server: Server;

  static async start(): Promise<FakeBucket> {
    const fake = new FakeBucket();
    await new Promise<void>((resolve) => fake.#server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  get settings() {
    const { port } = this.#server.address() as AddressInfo;
    return {
      bucket: "b",
      endpoint: `http://127.0.0.1:${port}`,
      accessKeyId: "id",
      secretAccessKey: "secret",
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const url = new URL(request.url ?? "/", "http://s3");
    const [status, headers, content] = this.#decide(request, url, body);
    response.writeHead(status, { "content-length": content.length, ...headers });
    response.end(request.method === "HEAD" ? undefined : content);
  }

  #decide(
    request: IncomingMessage,
    url: URL,
    body: Buffer,
  ): [number, Record<string, string | number>, Buffer] {
    const xml = (status: number, text: string): [number, Record<string, string>, Buffer] => {
      return [status, { "content-type": "application/xml" }, Buffer.from(`<?xml version="1.0"?>${text}`)];
    };
    const refuse = (status: number, code: string) =>
      xml(status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    const { method } = request;
    const key = url.pathname;
    const announced = request.headers["x-amz-content-sha256"];
    if (!request.headers.authorization?.includes("Credential=id/")) return refuse(403, "InvalidAccessKeyId");
    if (announced !== "UNSIGNED-PAYLOAD" && announced !== sha(body))
      return refuse(400, "XAmzContentSHA256Mismatch");
    const uploadId = url.searchParams.get("uploadId");
    const taken = request.headers["if-none-match"] === "*" && this.objects.has(key);

    if (method === "POST" && url.searchParams.has("uploads")) {
      const id = `u${this.uploads.size + 1}`;
      this.uploads.set(id, new Map());
      return xml(
        200,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    if (uploadId !== null) {
      const parts = this.uploads.get(uploadId);
      if (!parts) return refuse(404, "NoSuchUpload");
      if (method === "PUT") {
        const number = Number(url.searchParams.get("partNumber"));
        if (number === this.failPart) return refuse(400, "InvalidPart");
        parts.set(number, body);
        return [200, { etag: `"${sha(body)}"` }, Buffer.alloc(0)];
      }
      if (method === "POST") {
        if (taken) return refuse(412, "PreconditionFailed");
        const listed = [...body.toString().matchAll(/<ETag>(.*?)<\/ETag>/g)].map((match) =>
          match[1]?.replaceAll("&quot;", '"'),
        );
        const ordered = [...parts].toSorted(([a], [b]) => a - b).map(([, part]) => part);
        if (listed.join() !== ordered.map((part) => `"${sha(part)}"`).join())
          return refuse(400, "InvalidPart");
        if (ordered.slice(0, -1).some((part) => part.length < partSize)) return refuse(400, "EntityTooSmall");
        this.objects.set(key, Buffer.concat(ordered));
        this.uploads.delete(uploadId);
        return xml(200, "<CompleteMultipartUploadResult></CompleteMultipartUploadResult>");
      }
      this.uploads.delete(uploadId);
      return [204, {}, Buffer.alloc(0)];
    }
    if (method === "PUT") {
      if (taken) {
        this.refusals += 1;
        return refuse(412, "PreconditionFailed");
      }
      this.objects.set(key, body);
      return [200, {}, Buffer.alloc(0)];
    }
    if (method === "DELETE") {
      this.objects.delete(key);
      return [204, {}, Buffer.alloc(0)];
    }
    const object = this.objects.get(key);
    if (!object || (method === "HEAD" && this.hideFromHead)) return refuse(404, "NoSuchKey");
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    if (!range) return [200, {}, object];
    const start = Number(range[1]);
    if (start >= object.length) return refuse(416, "InvalidRange");
    return [206, {}, object.subarray(start, range[2] ? Number(range[2]) + 1 : undefined)];
  }
}
