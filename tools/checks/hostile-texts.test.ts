/** Every text that any route takes, one after the other, as somebody would send it who wants to break the forge or fool a reader. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { people } from "../testing/people.ts";
import { createWorld, type World } from "../testing/world.ts";
import { sampleBody } from "./access/sample-body.ts";
import { Scene, ask, fill, routes } from "./access/scene.ts";

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await createWorld({ limits: { userRequests: 1_000_000_000 } });
  scene = new Scene(world, "demo");
});
afterAll(async () => {
  await world.settle();
  await world.close();
});

type Fields = Readonly<
  Record<string, { type?: string | readonly string[]; anyOf?: readonly { type?: string }[] }>
>;

/** The fields of a body that take text. */
function textsOf(body: z.ZodType | undefined): string[] {
  if (!body) return [];
  const schema = z.toJSONSchema(body, { io: "input", unrepresentable: "any" }) as {
    properties?: Fields;
    anyOf?: readonly { properties?: Fields }[];
  };
  const fields = schema.properties ?? schema.anyOf?.find((one) => one.properties)?.properties ?? {};
  return Object.entries(fields)
    .filter(([, { type, anyOf }]) =>
      [type, ...(anyOf ?? []).map((one) => one.type)].flat().includes("string"),
    )
    .map(([name]) => name);
}

const writes = routes.filter((route) => route.method !== "GET" && !route.rawBody);

/** What holds a file, a key or a whole text to be drawn, each with a larger limit of its own. */
const large = new Set(["content", "text", "key"]);

/** Asks a route as Alice with one field set to this text. The text is JSON already, so that it can hold what is no character. */
async function say(route: (typeof writes)[number], field: string, json: string) {
  const body = JSON.stringify({ ...(sampleBody(route.body) as object), [field]: "@@" }).replace(
    '"@@"',
    () => json,
  );
  return ask(world, people.alice.token, route.method, await fill(scene, route.path), body);
}

test("half a surrogate pair, a NUL and 64 KiB and one more are refused with a sentence by every field of every route", async () => {
  const wrong: string[] = [];
  let asked = 0;
  for (const route of writes)
    for (const field of textsOf(route.body)) {
      const hostile: Record<string, string> = {
        "half a pair": '"a\\ud800b"',
        NUL: '"a\\u0000b"',
        ...(large.has(field) ? {} : { "64 KiB + 1": JSON.stringify("x".repeat(65_537)) }),
      };
      for (const [name, json] of Object.entries(hostile)) {
        const { status, body } = await say(route, field, json);
        asked += 1;
        // Who may not do it at all hears that first; what is not there is not there.
        if (![401, 403, 404, 422].includes(status) || typeof body.message !== "string")
          wrong.push(
            `${route.method} ${route.path} ${field}, ${name}: ${status} ${JSON.stringify(body).slice(0, 120)}`,
          );
      }
    }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(150);
}, 120_000);

test("what stands in one line, a title or a name, takes no line end, no other control character and no turn of direction", async () => {
  const wrong: string[] = [];
  let asked = 0;
  const oneLine =
    /^(?:title|name|new_name|login|context|location|default_branch|new_owner|branch|base|head|ref)$/;
  for (const route of writes)
    for (const field of textsOf(route.body).filter((name) => oneLine.test(name)))
      for (const text of ["a\u202eb", "a\u2066b", "a\nb", "a\u001b[2Jb", "a\u0007b"]) {
        const { status, body } = await say(route, field, JSON.stringify(text));
        asked += 1;
        // Branches may be called what git allows, which is most of Unicode, when they exist.
        const isNoBranch = [404, 409, 422].includes(status);
        if (![401, 403].includes(status) && !isNoBranch)
          wrong.push(
            `${route.method} ${route.path} ${field} ${JSON.stringify(text)}: ${status} ${JSON.stringify(body).slice(0, 120)}`,
          );
      }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(50);
}, 120_000);

test("a body of another type, and one that is not UTF-8, are refused by every route before anything of it is believed", async () => {
  const wrong: string[] = [];
  for (const route of writes.filter((one) => one.body)) {
    const path = await fill(scene, route.path);
    const sample = Buffer.from(JSON.stringify(sampleBody(route.body) ?? {}));
    const tries: readonly [string, Buffer, number][] = [
      ["image/png", sample, 415],
      ["multipart/form-data; boundary=x", sample, 415],
      ["text/html", sample, 415],
      [
        "application/json",
        Buffer.concat([Buffer.from('{"x":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
        400,
      ],
      ["application/json", Buffer.from("{", "utf16le"), 422],
    ];
    for (const [type, body, wanted] of tries) {
      const answer = await world.app.fetch(
        new Request(`${world.url}/api/v3${path}`, {
          method: route.method,
          headers: { authorization: `token ${people.alice.token}`, "content-type": type },
          body: new Uint8Array(body),
        }),
      );
      // Who may not do it at all hears that first.
      if (![401, 403, 404, wanted].includes(answer.status))
        wrong.push(`${route.method} ${route.path} ${type}: ${answer.status} instead of ${wanted}`);
      await answer.arrayBuffer();
    }
  }
  expect(wrong).toEqual([]);
}, 120_000);
