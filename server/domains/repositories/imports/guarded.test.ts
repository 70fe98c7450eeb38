/** Imports by somebody who wants to see the inside of the server's network, or its disk full. */
import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../../../tools/testing/world.ts";
import { forgeThatReaches, openPlace, refsOf, type Place } from "../remotes/test-places.ts";

let there: World;
let here: World;
const places: Place[] = [];
/** What names lead to; everything else to this machine, which is allowed. */
const names = new Map<string, string[]>();

beforeAll(async () => {
  there = await createWorld({ listen: true });
  here = await forgeThatReaches({ resolve: async (host) => names.get(host) ?? ["127.0.0.1"] });
});
afterEach(async () => {
  await Promise.all(places.splice(0).map((place) => place.close()));
});
afterAll(async () => {
  await Promise.all([here, there].map((world) => world.settle()));
  await Promise.all([here, there].map((world) => world.close()));
});

let made = 0;
async function imported(url: string, more: Record<string, unknown> = {}) {
  made += 1;
  const name = `copy-${made}`;
  const begun = await here.as("mallory").post("/user/imports", { url, name, ...more });
  expect(begun.status, JSON.stringify(begun.body)).toBe(201);
  await here.settle();
  return { name, ended: (await here.as("mallory").get(`/repos/mallory/${name}/import`)).body };
}

async function place(answer: Parameters<typeof openPlace>[0]): Promise<string> {
  const opened = await openPlace(answer);
  places.push(opened);
  return opened.url;
}

const redirect = (response: ServerResponse, location: string) => response.writeHead(302, { location }).end();

describe("an address", () => {
  it.each([
    "/etc/passwd",
    "file:///etc/passwd",
    "ssh://git@example.com/a.git",
    "git@example.com:a.git",
    "git://example.com/a",
    "ext::sh -c touch% /tmp/x",
    "-uexec",
    "--upload-pack=touch",
    "http://example.com/a\r\nHost: inside",
    "http://example.com/a\nb",
    "http://exam ple.com/a",
    "http://example.com\\@inside/a",
    "http:///a",
    "http://example.com",
    "http://example.com/a?service=x",
    "http://example.com/a#b",
    "http://user%0d%0a:x@example.com/a",
    `http://example.com/${"a".repeat(3000)}`,
  ])("%j is refused before anything is made", async (url) => {
    const { status, body } = await here.as("mallory").post("/user/imports", { url, name: "never" });
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toMatch(/message/);
    expect((await here.as("mallory").get("/repos/mallory/never")).status).toBe(404);
  });

  it.each([
    "http://10.0.0.1/a",
    "http://169.254.169.254/latest/meta-data",
    "http://[::ffff:10.0.0.1]/a",
    "http://[fd00:ec2::254]/a",
    "http://0x0a000001/a",
  ])("%s leads nowhere", async (url) => {
    const { ended } = await imported(url);
    expect(ended).toMatchObject({
      state: "failed",
      error_message: expect.stringContaining("does not connect to"),
    });
  });

  it("whose name leads inside is refused, and the sentence does not say where it led", async () => {
    names.set("inside.example", ["10.20.30.40"]);
    const { ended } = await imported("http://inside.example/a");
    expect(ended.error_message).toContain("inside.example leads to an address");
    expect(JSON.stringify(ended)).not.toContain("10.20.30.40");
  });

  it("of this very server is refused though the machine is allowed", async () => {
    const { ended } = await imported(`http://127.0.0.1:${here.services.config.port}/alice/secret`);
    expect(ended.error_message).toBe("127.0.0.1 is this server itself");
  });

  it("whose name led here first and inside the second time is refused at the second connection", async () => {
    const { port } = new URL(there.url);
    const asked: string[] = [];
    names.set("turning.example", ["127.0.0.1"]);
    const passing = await place((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      // The greeting was answered by the good address; the exchange goes to the bad one.
      names.set("turning.example", ["10.0.0.1"]);
      redirect(response, `http://turning.example:${port}/alice/demo/info/refs?service=git-upload-pack`);
    });
    const { ended } = await imported(`${passing}/x`);
    expect(ended.error_message).toContain("turning.example leads to an address");
    expect(asked).toHaveLength(1);
  });
});

describe("a redirect", () => {
  it("is followed to where an import may go, and the password stays behind", async () => {
    const heard: (string | undefined)[] = [];
    const passing = await place((request, response) => {
      heard.push(request.headers.authorization);
      redirect(response, `${there.url}/alice/demo${(request.url ?? "").replace(/^\/old/, "")}`);
    });
    const { name, ended } = await imported(`${passing}/old`, {
      username: "mallory",
      password: "for the first only",
    });
    expect(ended.status).toBe("complete");
    expect(await refsOf(here, "mallory", name)).toEqual(await refsOf(there, "alice", "demo"));
    expect(new Set(heard)).toEqual(
      new Set([`Basic ${Buffer.from("mallory:for the first only").toString("base64")}`]),
    );
    // Bad credentials are refused by a forge, so it did not hear them.
  });

  it("to the inside is refused at whatever hop it comes", async () => {
    for (const hops of [1, 2, 4]) {
      let asked = 0;
      const passing = await place((request, response) => {
        asked += 1;
        redirect(response, asked < hops ? (request.url ?? "") : `http://169.254.169.254${request.url ?? ""}`);
      });
      const { ended } = await imported(`${passing}/x`);
      expect(ended.error_message).toContain("169.254.169.254 leads to an address");
      expect(asked).toBe(hops);
    }
  });

  it("is not followed for ever, nor to another kind of address, nor to what is no repository", async () => {
    let asked = 0;
    const circle = await place((request, response) => {
      asked += 1;
      redirect(response, request.url ?? "");
    });
    expect((await imported(`${circle}/x`)).ended.error_message).toContain("more than 5 times");
    expect(asked).toBe(6);
    for (const target of [
      "file:///etc/passwd",
      "gopher://x/info/refs?service=git-upload-pack",
      "/elsewhere",
      "/info/refs",
    ]) {
      const passing = await place((_, response) => redirect(response, target));
      expect((await imported(`${passing}/x`)).ended.error_message).toContain("is not a repository's");
    }
  });

  it("in the middle of the exchange is an error", async () => {
    const passing = await place((request, response) => {
      if (request.method === "POST") return redirect(response, `${there.url}/alice/demo/git-upload-pack`);
      void fetch(`${there.url}/alice/demo${(request.url ?? "").replace(/^\/x/, "")}`, {
        headers: { "git-protocol": String(request.headers["git-protocol"] ?? "") },
      }).then(async (answer) => {
        response.writeHead(200, { "content-type": answer.headers.get("content-type") ?? "" });
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
    expect((await imported(`${passing}/x`)).ended.error_message).toContain("answered 302 in the middle");
  });
});

describe("a server elsewhere that means harm", () => {
  it("is not taken for a repository when it answers pages", async () => {
    const page = await place((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<p>hi"),
    );
    expect((await imported(`${page}/x`)).ended.error_message).toBe(
      "There is no git repository at this address",
    );
    const gone = await place((_, response) => response.writeHead(404).end());
    expect((await imported(`${gone}/x`)).ended.error_message).toContain(
      "There is no repository at this address",
    );
    const broken = await place((_, response) =>
      response
        .writeHead(200, { "content-type": "application/x-git-upload-pack-advertisement" })
        .end("0007no"),
    );
    expect((await imported(`${broken}/x`)).ended.state).toBe("failed");
  });

  it("sends no more than may come in", async () => {
    const small = await forgeThatReaches({ limits: { packBytes: 2000 } });
    try {
      await small.as("alice").post("/user/imports", { url: `${there.url}/alice/demo`, name: "large" });
      await small.settle();
      const { body } = await small.as("alice").get("/repos/alice/large/import");
      expect(body).toMatchObject({
        state: "failed",
        error_message: "The repository there is larger than 2 KiB, the limit here",
      });
    } finally {
      await small.close();
    }
  });
});

describe("who may", () => {
  it("imports nothing any more when they were suspended before its turn came", async () => {
    const begun = await here
      .as("bob")
      .post("/user/imports", { url: `${there.url}/alice/demo`, name: "late" });
    expect(begun.status).toBe(201);
    await here.as("root").patch("/admin/users/bob", { suspended: true });
    await here.settle();
    const { body } = await here.anonymous.get("/repos/bob/late/import");
    expect(body).toMatchObject({
      state: "failed",
      error_message: "Whoever asked for this import may not do so any more",
    });
    await here.as("root").patch("/admin/users/bob", { suspended: false });
  });

  it("has a bounded number of them waiting", async () => {
    const carol = here.as("carol");
    for (let index = 0; index < 10; index += 1)
      expect(
        (await carol.post("/user/imports", { url: "http://10.0.0.1/x", name: `w${index}` })).status,
      ).toBe(201);
    const more = await carol.post("/user/imports", { url: "http://10.0.0.1/x", name: "w10" });
    expect([more.status, more.body.message]).toEqual([422, expect.stringContaining("10 imports under way")]);
    expect((await carol.get("/repos/carol/w10")).status).toBe(404);
    await here.settle();
  });

  it("has no more of them when they come all at once", async () => {
    const carol = here.as("carol");
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        carol.post("/user/imports", { url: "http://10.0.0.1/x", name: `at-once-${index}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    await here.settle();
  });

  it("a list that an administrator writes is checked, told, and shown to administrators alone", async () => {
    const root = here.as("root");
    const wrong = await root.patch("/admin/settings", { outbound_allow: ["10.0.0.0/99"] });
    expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([
      422,
      expect.stringContaining("10.0.0.0/99 is not a range"),
    ]);
    expect((await root.get("/admin/settings")).body.outbound_allow).toEqual(["127.0.0.1"]);
    expect((await here.as("alice").get("/admin/settings")).status).toBe(404);
    expect((await here.events({ type: "settings.changed" })).at(-1)).toMatchObject({
      actorLogin: "root",
      payload: { outbound_allow: ["127.0.0.1"] },
    });
  });
});
