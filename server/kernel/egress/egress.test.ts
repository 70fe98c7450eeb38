import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { allowList } from "./allow-list.ts";
import { createEgress, type Resolve } from "./egress.ts";

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections();
});

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const ask = async (
  url: string,
  options: { allow?: string[]; resolve?: Resolve; ownPorts?: number[]; body?: string } = {},
) => {
  const egress = createEgress({
    resolve: options.resolve ?? (async () => ["127.0.0.1"]),
    allowed: async () => allowList(options.allow ?? []),
    ownPorts: options.ownPorts ?? [],
  });
  const response = await egress.request(new URL(url), {
    method: options.body === undefined ? "GET" : "POST",
    headers: {},
    signal: new AbortController().signal,
    ...(options.body === undefined ? {} : { body: Readable.from([options.body]) }),
  });
  return { status: response.statusCode, text: (await response.toArray()).join("") };
};

describe("the way out", () => {
  it("reaches no address of the inside, however it is written, and connects to none", async () => {
    let asked = 0;
    const port = await listen((_, response) => {
      asked += 1;
      response.end();
    });
    for (const host of [
      "127.0.0.1",
      "127.1",
      "0x7f.1",
      "2130706433",
      "017700000001",
      "0.0.0.0",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "localhost",
      "localhost.",
    ])
      await expect(ask(`http://${host}:${port}/`), host).rejects.toMatchObject({ kind: "refused" });
    expect(asked).toBe(0);
  });

  it("refuses a name of which one address lies inside, whichever comes first", async () => {
    for (const addresses of [["1.1.1.1", "127.0.0.1"], ["10.0.0.1", "1.1.1.1"], ["::ffff:169.254.169.254"]])
      await expect(ask("http://mixed.example/", { resolve: async () => addresses })).rejects.toMatchObject({
        kind: "refused",
      });
  });

  it("asks for the address of a name once: the second answer, which leads inside, is never heard", async () => {
    const port = await listen((request, response) => response.end(`${request.headers.host}`));
    let asked = 0;
    const resolve = async () => ((asked += 1) === 1 ? ["127.0.0.1"] : ["10.0.0.1"]);
    const { text } = await ask(`http://rebinding.example:${port}/`, { allow: ["127.0.0.1"], resolve });
    expect([text, asked]).toEqual([`rebinding.example:${port}`, 1]);
  });

  it("is sent to a name again after it answered differently: each connection is judged for itself", async () => {
    const port = await listen((_, response) => response.end("ok"));
    const answers = [["127.0.0.1"], ["10.9.8.7"]];
    const resolve = async () => answers.shift() ?? [];
    const options = { resolve, allow: ["127.0.0.1"] };
    expect((await ask(`http://turning.example:${port}/`, options)).text).toBe("ok");
    await expect(ask(`http://turning.example:${port}/`, options)).rejects.toMatchObject({ kind: "refused" });
  });

  it("never reaches this very server, though its address is allowed", async () => {
    const port = await listen((_, response) => response.end("ours"));
    const options = { allow: ["127.0.0.1"], ownPorts: [port] };
    await expect(ask(`http://127.0.0.1:${port}/`, options)).rejects.toThrow("this server itself");
    expect((await ask(`http://127.0.0.1:${port}/`, { allow: ["127.0.0.0/8"] })).text).toBe("ours");
  });

  it("sends a body to the address that answers when another one of the name does not", async () => {
    const port = await listen((request, response) => void request.pipe(response));
    const resolve = async () => ["127.0.0.2", "127.0.0.1"];
    expect(
      (await ask(`http://two.example:${port}/`, { allow: ["127.0.0.0/8"], resolve, body: "hello" })).text,
    ).toBe("hello");
  });

  it("says what is wrong with a place in a sentence without its address", async () => {
    const nobody = await ask("http://nobody.example/", {
      resolve: async () => {
        throw new Error("ENOTFOUND");
      },
    }).catch((error: Error) => error.message);
    expect(nobody).toBe("There is no host nobody.example");
    const inside = await ask("http://inside.example/", { resolve: async () => ["10.1.2.3"] }).catch(
      (error: Error) => error.message,
    );
    expect(inside).toContain("inside.example");
    expect(inside).not.toContain("10.1.2.3");
    await expect(ask("ftp://1.1.1.1/")).rejects.toMatchObject({ kind: "refused" });
  });
});

describe("over TLS", () => {
  /** A server whose certificate names a host, and the certificate. */
  async function secure(host: string): Promise<{ port: number; certificate: string }> {
    const folder = await mkdtemp(path.join(tmpdir(), "wit-tls-"));
    const [key, certificate] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
    const words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const subject = ["-days", "2", "-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`];
    execFileSync("openssl", [...words, ...subject, "-keyout", key, "-out", certificate], { stdio: "ignore" });
    const [keyText, certificateText] = [await readFile(key, "utf8"), await readFile(certificate, "utf8")];
    await rm(folder, { recursive: true });
    const server = createSecureServer({ key: keyText, cert: certificateText }, (request, response) => {
      response.end(`${request.headers.host} for ${(request.socket as TLSSocket).servername}`);
    });
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { port: (server.address() as AddressInfo).port, certificate: certificateText };
  }

  it("the name is proved by a certificate that is trusted, though the address was chosen by us", async () => {
    const { port, certificate } = await secure("git.example");
    const allow = ["127.0.0.1"];
    await expect(ask(`https://git.example:${port}/`, { allow })).rejects.toMatchObject({
      kind: "certificate",
      message: "The certificate of git.example is not one that this server trusts",
    });
    const before = getCACertificates("default");
    setDefaultCACertificates([...before, certificate]);
    try {
      const { text } = await ask(`https://git.example:${port}/`, { allow });
      expect(text).toBe(`git.example:${port} for git.example`);
      await expect(ask(`https://other.example:${port}/`, { allow })).rejects.toMatchObject({
        kind: "certificate",
      });
      await expect(ask(`https://127.0.0.1:${port}/`, { allow })).rejects.toMatchObject({
        kind: "certificate",
      });
    } finally {
      setDefaultCACertificates(before);
    }
  });
});
