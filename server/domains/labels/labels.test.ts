import { describe } from "vitest";
import type { Answer } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";

const labels = "/repos/alice/demo/labels";

describe("labels", () => {
  test("a new repository starts with the nine labels people know", async ({ world, alice }) => {
    await alice.post("/user/repos", { name: "fresh" });
    await world.settle();
    const { body } = await alice.get("/repos/alice/fresh/labels");
    expect(body.map((label: { name: string }) => label.name)).toEqual([
      "bug",
      "documentation",
      "duplicate",
      "enhancement",
      "good first issue",
      "help wanted",
      "invalid",
      "question",
      "wontfix",
    ]);
    expect(body[0]).toMatchObject({ color: "d73a4a", default: true });
  });

  test("a writer creates a label and everyone who can read sees it", async ({ bob, anonymous }) => {
    const { status, headers, body } = await bob.post(labels, { name: "Größe: XL 🐘", color: "#F29513" });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: "Größe: XL 🐘", color: "f29513", description: null, default: false });
    expect(headers.get("location")).toBe(body.url);
    const seen = await anonymous.get(`${labels}/${encodeURIComponent("größe: xl 🐘")}`);
    expect(seen.body).toEqual(body);
  });

  test("a reader may not change labels, and a stranger does not see those of a private repository", async ({
    carol,
    mallory,
    anonymous,
  }) => {
    expect((await carol.post(labels, { name: "mine" })).status).toBe(403);
    expect((await anonymous.post(labels, { name: "mine" })).status).toBe(401);
    expect((await mallory.get("/repos/alice/secret/labels")).status).toBe(404);
    expect((await mallory.post("/repos/alice/secret/labels", { name: "mine" })).status).toBe(404);
    expect((await anonymous.get("/repos/alice/secret/labels")).status).toBe(404);
  });

  test("two labels of a repository differ by more than case", async ({ alice }) => {
    await alice.post(labels, { name: "Urgent" });
    const again = await alice.post(labels, { name: "uRGENT" });
    expect(again.status).toBe(422);
    expect(again.body.errors).toEqual([
      {
        resource: "Label",
        field: "name",
        code: "already_exists",
        message: "A label of this name already exists",
      },
    ]);
    await alice.post(labels, { name: "later" });
    expect((await alice.patch(`${labels}/later`, { new_name: "URGENT" })).status).toBe(422);
  });

  test("fifty people create the same label at once and one of them does", async ({ alice }) => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => alice.post(labels, { name: "raced" })),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array(49).fill(422),
    ]);
  });

  test("renaming keeps the label, changing nothing changes nothing", async ({ alice }) => {
    const { body: before } = await alice.post(labels, { name: "old", color: "123456", description: "kept" });
    const { body: after } = await alice.patch(`${labels}/old`, { new_name: "new" });
    expect(after).toMatchObject({ id: before.id, name: "new", color: "123456", description: "kept" });
    expect((await alice.get(`${labels}/old`)).status).toBe(404);
    expect((await alice.patch(`${labels}/new`, {})).body).toEqual(after);
  });

  test("a deleted label is gone", async ({ alice }) => {
    await alice.post(labels, { name: "brief" });
    expect((await alice.delete(`${labels}/brief`)).status).toBe(204);
    expect((await alice.delete(`${labels}/brief`)).status).toBe(404);
  });

  test("what is not a label is refused with the field that is wrong", async ({ alice }) => {
    const refused = async (body: unknown) => {
      const answer = await alice.post(labels, body);
      expect(answer.status).toBe(422);
      return answer.body.errors?.[0]?.field;
    };
    expect(await refused({})).toBe("name");
    expect(await refused({ name: " " })).toBe("name");
    expect(await refused({ name: "x".repeat(51) })).toBe("name");
    expect(await refused({ name: ["x"] })).toBe("name");
    expect(await refused({ name: "x", color: "red" })).toBe("color");
    expect(await refused({ name: "x", description: "d".repeat(101) })).toBe("description");
    expect((await alice.post(labels, { name: "a\0b" })).status).toBe(422);
    expect((await alice.post(labels, "{")).status).toBe(400);
    expect((await alice.post(labels, "<label/>", { "content-type": "text/xml" })).status).toBe(415);
  });

  test("a label's name is text wherever it stands, also when it looks like markup or a path", async ({
    alice,
  }) => {
    for (const name of ["<script>alert(1)</script>", "../../etc", "a/b", "a%2Fb", "?x=1#y", "-rf"]) {
      const { status, body } = await alice.post(labels, { name });
      expect(status).toBe(201);
      expect((await alice.get(`${labels}/${encodeURIComponent(name)}`)).body).toEqual(body);
    }
  });

  test("labels are listed by name in pages that lose and repeat nothing", async ({ alice }) => {
    for (let index = 0; index < 25; index += 1)
      await alice.post(labels, { name: `l${String(index).padStart(2, "0")}` });
    const whole = (await alice.get(`${labels}?per_page=100`)).body.map(
      (label: { name: string }) => label.name,
    );
    const seen: string[] = [];
    let path: string | null = `${labels}?per_page=7`;
    while (path !== null) {
      const page: Answer = await alice.get(path);
      seen.push(...page.body.map((label: { name: string }) => label.name));
      const next = /<[^>]*\/api\/v3([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "");
      path = next?.[1] ?? null;
    }
    expect(seen).toEqual(whole);
    expect(whole.length).toBeGreaterThanOrEqual(25);
    const second = await alice.get(`${labels}?per_page=7&page=2`);
    expect(second.body.map((label: { name: string }) => label.name)).toEqual(whole.slice(7, 14));
    expect((await alice.get(`${labels}?cursor=nonsense`)).status).toBe(422);
  });

  test("an unchanged answer is not sent twice", async ({ alice }) => {
    const first = await alice.get(labels);
    const etag = first.headers.get("etag") ?? "";
    expect((await alice.get(labels, { "if-none-match": etag })).status).toBe(304);
    await alice.post(labels, { name: "fresh" });
    expect((await alice.get(labels, { "if-none-match": etag })).status).toBe(200);
  });

  test("a creation repeated with its key happens once and answers the same", async ({ alice }) => {
    const key = { "idempotency-key": "label-1" };
    const first = await alice.post(labels, { name: "once" }, key);
    const again = await alice.post(labels, { name: "once" }, key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect((await alice.post(labels, { name: "other" }, key)).status).toBe(422);
    expect((await alice.post(labels, { name: "once" }, { "idempotency-key": "label-2" })).status).toBe(422);
  });

  test("every change leaves an event that names who made it", async ({ world, bob }) => {
    const { body } = await bob.post(labels, { name: "told" });
    await bob.patch(`${labels}/told`, { color: "000000" });
    await bob.delete(`${labels}/told`);
    const rows = await world.events({ type: "label.%" });
    expect(rows.map((row) => row.type)).toEqual(["label.created", "label.updated", "label.deleted"]);
    expect(new Set(rows.map((row) => row.actorLogin))).toEqual(new Set(["bob"]));
    expect(rows[0]?.payload).toMatchObject({ name: "told", color: body.color });
  });
});
