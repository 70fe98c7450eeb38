import { describe } from "vitest";
import { z } from "zod";
import { ApiError, createCall, linksOf, type Call } from "../../api/call.ts";
import { issuesCreateLabel, issuesListLabelsForRepo, reposGetContent } from "../../api/client.gen.ts";
import { openApiDocument } from "../../server/kernel/http/openapi.ts";
import { anyone, route } from "../../server/kernel/http/route.ts";
import { people } from "../testing/people.ts";
import { expect, test, type World } from "../testing/world.ts";
import { clientSource, type OpenApi } from "./client.ts";
import { typeOf } from "./json-types.ts";

const callAs = (world: World, token: string): Call =>
  createCall({
    root: `${world.url}/api/v3`,
    fetch: (request) => world.app.fetch(request),
    headers: { authorization: `token ${token}` },
  });

describe("the generated client speaks to the application", () => {
  test("what is created is listed, page by page", async ({ world }) => {
    const call = callAs(world, people.alice.token);
    const demo = { owner: "alice", repo: "demo" };
    const made = await issuesCreateLabel(call, demo, { name: "a/b ?", color: "#ABCDEF" });
    expect(made.status).toBe(201);
    expect(made.data.color).toBe("abcdef");
    const page = await issuesListLabelsForRepo(call, { ...demo, per_page: 1 });
    expect(page.data).toHaveLength(1);
    expect(linksOf(page.headers).next?.get("per_page")).toBe("1");
  });

  test("the rest of a path keeps its slashes", async ({ world }) => {
    const call = callAs(world, people.carol.token);
    const { data } = await reposGetContent(call, { owner: "alice", repo: "demo", path: "src/greet.js" });
    expect(data).toMatchObject({ path: "src/greet.js" });
  });

  test("a refusal is an error with the server's sentence, its fields and its code", async ({ world }) => {
    const call = callAs(world, people.alice.token);
    const refused = issuesCreateLabel(call, { owner: "alice", repo: "demo" }, { name: "x", color: "red" });
    await expect(refused).rejects.toBeInstanceOf(ApiError);
    await expect(refused).rejects.toMatchObject({
      status: 422,
      code: "validation_failed",
      errors: [{ field: "color" }],
    });
  });

  test("no answer at all is an error of its own", async () => {
    const call = createCall({ root: "http://wit.test", fetch: () => Promise.reject(new Error("refused")) });
    await expect(call({ method: "GET", path: "/" })).rejects.toMatchObject({ status: 0 });
  });
});

describe("the generator", () => {
  const things = route({
    method: "POST",
    path: "/things/{thing}/files/{path*}",
    operation: "things/add-file",
    summary: "Add a file",
    access: anyone,
    query: z.object({ dry: z.stringbool().optional() }),
    body: z.object({ "content-type": z.enum(["a", "b"]), parts: z.array(z.int().nullable()) }),
    answer: z
      .object({ kind: z.literal("file"), more: z.record(z.string(), z.number()) })
      .meta({ id: "a thing" }),
    handle: () => ({ kind: "file" as const, more: {} }),
  });

  test("writes a function for each operation, with names that TypeScript can spell", () => {
    const document = openApiDocument([things], "1") as unknown as OpenApi;
    const source = clientSource(document, new Set(["/things/{thing}/files/{path} path"]));
    expect(source).toContain("export interface AThing {");
    expect(source).toContain("export const thingsAddFile = (call: Call, at: {");
    expect(source).toContain('body: { "content-type": "a" | "b"; parts: (number | null)[] }');
    expect(source).toContain("path: `/things/${segment(at.thing)}/files/${segments(at.path)}`");
    expect(source).toContain("Reply<AThing>");
  });

  test("says unions, tuples, maps and anything", () => {
    expect(typeOf({ anyOf: [{ type: "string" }, { type: ["string", "null"] }] })).toBe("string | null");
    expect(typeOf({ type: "array", prefixItems: [{ type: "string" }, {}] })).toBe("[string, unknown]");
    expect(typeOf({ type: "object", additionalProperties: { type: "boolean" } })).toBe(
      "Record<string, boolean>",
    );
    expect(typeOf({ type: "array", items: { enum: ["a", "b"] } })).toBe('("a" | "b")[]');
    expect(typeOf({ not: {} })).toBe("never");
  });
});
