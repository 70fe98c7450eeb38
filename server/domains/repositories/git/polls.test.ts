import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { people } from "../../../../tools/testing/people.ts";
import { createWorld, type World } from "../../../../tools/testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ listen: true });
});
afterAll(() => world.close());

const packet = (text: string) => (text.length + 4).toString(16).padStart(4, "0") + text;
const listing = `${packet("command=ls-refs\n")}0001${packet("ref-prefix refs/heads/\n")}0000`;
const version = { "git-protocol": "version=2" };
const type = { "content-type": "application/x-git-upload-pack-request" };

interface Told {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
}

/** Sends a body in the given pieces. */
function send(path: string, headers: Record<string, string>, pieces: readonly string[] = []): Promise<Told> {
  return new Promise((resolve, reject) => {
    const length = pieces.join("").length;
    const outgoing = request(
      `${world.url}${path}`,
      {
        method: pieces.length > 0 ? "POST" : "GET",
        headers: { ...headers, ...(length > 0 ? { "content-length": String(length) } : {}) },
      },
      (incoming) => {
        let body = "";
        incoming.setEncoding("latin1").on("data", (chunk: string) => (body += chunk));
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, type: incoming.headers["content-type"], body }),
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.setNoDelay(true);
    const next = (index: number): void => {
      if (index >= pieces.length) return void outgoing.end();
      outgoing.write(pieces[index], () => setImmediate(next, index + 1));
    };
    next(0);
  });
}

const token = { authorization: `Basic ${Buffer.from(`alice:${people.alice.token}`).toString("base64")}` };

test("a poll without credentials and one with them are told the same", async () => {
  const greeting = "/alice/demo.git/info/refs?service=git-upload-pack";
  const open = await send(greeting, version);
  expect(open).toEqual(await send(greeting, { ...version, ...token }));
  expect(open.body).toContain("version 2");
  const list = "/alice/demo/git-upload-pack";
  const listed = await send(list, { ...version, ...type }, [listing]);
  expect(listed).toEqual(await send(list, { ...version, ...type, ...token }, [listing]));
  expect(listed.body).toContain("refs/heads/main");
});

test("a question in pieces is answered whole, and another command goes on to git untouched", async () => {
  const list = "/alice/demo/git-upload-pack";
  const whole = await send(list, { ...version, ...type }, [listing]);
  expect(await send(list, { ...version, ...type }, [listing.slice(0, 30), listing.slice(30)])).toEqual(whole);
  expect(await send(list, { ...version, ...type }, [...listing])).toEqual(whole);
  const tip = /([0-9a-f]{40}) refs\/heads\/main/.exec(whole.body)?.[1] ?? "";
  const fetch = `${packet("command=fetch")}0001${packet(`want ${tip}\n`)}${packet("done\n")}0000`;
  const pack = await send(list, { ...version, ...type }, [fetch]);
  expect([pack.status, pack.body.includes("PACK")]).toEqual([200, true]);
  expect((await send(list, { ...version, ...type }, ["000Xgarbage that is none"])).status).toBe(400);
  expect(
    (await send(list, { ...version, ...type }, [`${packet("command=ls-refs\n")}0001${packet("x\n")}0000`]))
      .status,
  ).toBe(400);
});

test("a private repository asks for a password at either door, and no longer answers from the moment it became one", async () => {
  const greeting = "/alice/demo.git/info/refs?service=git-upload-pack";
  const list = "/alice/demo.git/git-upload-pack";
  expect((await send(greeting, version)).status).toBe(200);
  await world.as("alice").patch("/repos/alice/demo", { private: true });
  expect((await send(greeting, version)).status).toBe(401);
  expect((await send(list, { ...version, ...type }, [listing])).status).toBe(401);
  expect((await send("/alice/nothing.git/info/refs?service=git-upload-pack", version)).status).toBe(401);
  await world.as("alice").patch("/repos/alice/demo", { private: false });
  expect((await send(greeting, version)).status).toBe(200);
});
