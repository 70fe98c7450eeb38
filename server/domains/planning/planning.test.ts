import { describe } from "vitest";
import { expect, test } from "../../../tools/testing/world.ts";

const milestones = "/repos/alice/demo/milestones";

describe("milestones", () => {
  test("are numbered one after the other, also when fifty are made at once", async ({ alice }) => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => alice.post(milestones, { title: `m${index}` })),
    );
    const refused = await alice.post(milestones, { title: "M7" });
    expect(refused.status).toBe(422);
    const numbers = answers.map((answer) => answer.body.number).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect((await alice.post(milestones, { title: "after" })).body.number).toBe(51);
  });

  test("close, reopen and say when", async ({ alice, anonymous }) => {
    const { body } = await alice.post(milestones, { title: "v1", due_on: "2030-02-28T12:00:00+02:00" });
    expect(body).toMatchObject({
      due_on: "2030-02-28T10:00:00.000Z",
      state: "open",
      creator: { login: "alice" },
    });
    const closed = await alice.patch(`${milestones}/${body.number}`, { state: "closed" });
    expect(closed.body.closed_at).not.toBeNull();
    expect((await anonymous.get(milestones)).body).toEqual([]);
    expect((await anonymous.get(`${milestones}?state=closed`)).body).toHaveLength(1);
    const reopened = await alice.patch(`${milestones}/${body.number}`, { state: "open", due_on: null });
    expect(reopened.body).toMatchObject({ state: "open", closed_at: null, due_on: null });
  });

  test("are listed by due date, those without one last", async ({ alice }) => {
    await alice.post(milestones, { title: "someday" });
    await alice.post(milestones, { title: "late", due_on: "2031-01-01" });
    await alice.post(milestones, { title: "soon", due_on: "2030-01-01" });
    const titles = async (query: string) =>
      (await alice.get(`${milestones}${query}`)).body.map((one: { title: string }) => one.title);
    expect(await titles("")).toEqual(["soon", "late", "someday"]);
    expect(await titles("?direction=desc")).toEqual(["someday", "late", "soon"]);
    const first = await alice.get(`${milestones}?per_page=1`);
    const next = /\/api\/v3([^>]*)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    expect((await alice.get(next)).body[0].title).toBe("late");
  });

  test("are changed by writers only, and a number of another repository is nobody's here", async ({
    alice,
    carol,
  }) => {
    const { body } = await alice.post("/repos/alice/secret/milestones", { title: "hidden" });
    expect((await alice.get(`${milestones}/${body.number}`)).status).toBe(404);
    expect((await carol.post(milestones, { title: "x" })).status).toBe(403);
    for (const wrong of ["0", "-1", "1e3", "99999999999", "x"])
      expect((await alice.get(`${milestones}/${wrong}`)).status).toBe(404);
  });
});
