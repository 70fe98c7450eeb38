import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildWeb } from "./built.ts";
import { servePreview } from "./preview.ts";
import { sampleApi } from "./sample-api.ts";

let built: Awaited<ReturnType<typeof buildWeb>>;
let site: Awaited<ReturnType<typeof servePreview>>;
const asked: Request[] = [];

beforeAll(async () => {
  built = await buildWeb();
  site = await servePreview({
    dist: built.dist,
    api: (request) => {
      asked.push(request);
      return sampleApi(request);
    },
  });
}, 60_000);

afterAll(async () => {
  await site?.close();
  await built?.remove();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(site.url + path, { redirect: "manual", headers });

const post = (path: string, fields: Record<string, string>) =>
  fetch(site.url + path, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) });

describe("a page", () => {
  test("is whole without JavaScript: words, links and forms are in the answer", async () => {
    const answer = await get("/_gallery");
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain("<title>Gallery · wit</title>");
    for (const heading of ["Controls", "Forms", "Overlays", "Lists", "Words", "States", "Colours"]) {
      expect(html).toContain(`>${heading}</h2>`);
    }
    expect(html).toContain('method="post"');
    expect(html).toContain('name="_action" value="POST /gallery/labels"');
    expect(site.errors).toEqual([]);
  });

  test("asks nothing of another host", async () => {
    const html = await (await get("/_gallery")).text();
    const addresses = [...html.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map(
      ([, address = ""]) => address,
    );
    expect(addresses.length).toBeGreaterThan(20);
    expect(addresses.filter((address) => !/^[/?#]/.test(address) || address.startsWith("//"))).toEqual([]);
    const assets = join(built.dist, "client/assets");
    for (const file of readdirSync(assets).filter((name) => name.endsWith(".css"))) {
      const styles = readFileSync(join(assets, file), "utf8");
      expect(
        [...styles.matchAll(/url\(([^)]*)\)/g)].filter(([, url = ""]) => !url.startsWith("/assets/")),
      ).toEqual([]);
    }
  });

  test("names the chunk of its own code, so that it is fetched with the entry", async () => {
    const manifest = JSON.parse(
      readFileSync(join(built.dist, "client/.vite/manifest.json"), "utf8"),
    ) as Readonly<Record<string, { readonly file: string }>>;
    const file = manifest["gallery/gallery-page.tsx"]?.file;
    expect(file).toMatch(/^assets\//);
    expect(await (await get("/_gallery")).text()).toContain(`modulepreload" href="/${file}"`);
  });

  test("is drawn in the look of the visitor", async () => {
    const html = await (await get("/_gallery", { cookie: "wit_theme=dark; wit_rail=narrow" })).text();
    expect(html).toContain('<html lang="en" data-theme="dark" data-rail="narrow">');
  });

  test("reads the API in the visitor's name and with nothing else of the request", async () => {
    asked.length = 0;
    await get("/_gallery", {
      cookie: "wit_session=abc",
      origin: "https://evil.example",
      authorization: "Bearer x",
    });
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual(["/api/v3/_web/frame"]);
    const [request] = asked;
    expect(request?.headers.get("cookie")).toBe("wit_session=abc");
    expect(request?.headers.get("origin")).toBeNull();
    expect(request?.headers.get("authorization")).toBeNull();
  });

  test.each([
    ["/nowhere/at/all", 404, "Not found"],
    ["/_gallery/errors/404", 404, "Not found"],
    ["/_gallery/errors/403", 403, "Not allowed"],
    ["/_gallery/errors/410", 410, "No longer here"],
    ["/_gallery/errors/429", 429, "Too many requests"],
    ["/_gallery/errors/503", 503, "Not ready"],
    ["/_gallery/errors/0", 503, "No answer"],
    ["/_gallery/errors/broken", 500, "Something went wrong"],
  ])("that cannot be shown (%s) answers %i, within the frame", async (path, status, title) => {
    const answer = await get(path);
    const html = await answer.text();
    expect(answer.status).toBe(status);
    expect(html).toContain(`<title>${title} · wit</title>`);
    expect(html).toContain('aria-label="Main"');
    expect(html).not.toContain("A fault of ours");
  });

  test("that wants somebody signed in leads there and back", async () => {
    const answer = await get("/_gallery/errors/401?a=b", { cookie: "session=none" });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/login?return_to=%2F_gallery%2Ferrors%2F401%3Fa%3Db");
  });

  test.each([
    ["/_gallery/address/a%2Fb/c%20d/e$f/$g?x=1+2", "a/b", "c d/e$f/$g"],
    ["/_gallery/address/100%25/%E6%97%A5", "100%", "日"],
    ["/_gallery/address/%3Cscript%3E/x", "&lt;script&gt;", "x"],
  ])("reads the names in %s as they were meant", async (path, name, rest) => {
    const html = await (await get(path)).text();
    expect(html).toContain(`data-test="name">${name}<`);
    expect(html).toContain(`data-test="rest">${rest}<`);
  });
});

describe("a form without JavaScript", () => {
  const action = "POST /gallery/labels";

  test("acts, passes the API's cookies on and leads on", async () => {
    const answer = await post("/_gallery", {
      _action: action,
      _redirect: "/_gallery?made={id}",
      name: "bug",
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/_gallery?made=7");
    expect(answer.headers.getSetCookie()).toEqual(["seen=1; Path=/"]);
  });

  test("that is refused keeps what was typed and names the wrong field", async () => {
    const description = `<b>"kept"</b>`;
    const answer = await post("/_gallery?x=1", {
      _action: action,
      name: "taken",
      description,
      stage: "review",
    });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toMatch(/<input[^>]*aria-invalid="true"[^>]*autofocus=""[^>]*value="taken"/);
    expect(html).toContain("There is a label of this name.");
    expect(html).toContain("&lt;b&gt;&quot;kept&quot;&lt;/b&gt;</textarea>");
    expect(html).toContain('<option value="review" selected="">');
    expect(html).toContain("Some fields need another look.");
    expect(html).not.toContain("<b>&quot;kept");
  });

  test.each(["", "GET /user", "POST //evil.example", "POST /../x"])(
    "that names no operation (%j) is refused",
    async (bad) => {
      const before = asked.length;
      expect((await post("/_gallery", { _action: bad, name: "x" })).status).toBe(400);
      expect(asked.slice(before).filter(({ method }) => method !== "GET")).toEqual([]);
    },
  );

  test("never leads to another site", async () => {
    const answer = await post("/_gallery", { _action: action, _redirect: "//evil.example", name: "bug" });
    expect(answer.headers.get("location")).toBe("/_gallery");
  });

  test("sent twice is one act, changed and sent again another one", async () => {
    asked.length = 0;
    for (const name of ["one", "one", "two"]) await post("/_gallery", { _action: action, _key: "k", name });
    const keys = asked
      .filter(({ method }) => method === "POST")
      .map(({ headers }) => headers.get("idempotency-key"));
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });
});
