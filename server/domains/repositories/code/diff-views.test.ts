import { eq } from "drizzle-orm";
import { expect, test } from "../../../../tools/testing/world.ts";
import { diffCommit } from "../../../git/diffs.ts";
import { systemContext } from "../../../kernel/context.ts";
import { gitOf } from "../addresses.ts";
import { repositories } from "../schema.ts";
import { diffView } from "./diff-views.ts";

test("a diff does not wait for colours longer than is asked, says that they come, and has them the next time", async ({
  alice,
  world,
}) => {
  const text = "export const one: number = 1;\n".repeat(40);
  const { body } = await alice.put("/repos/alice/demo/contents/many.ts", {
    message: "Write many",
    content: Buffer.from(text).toString("base64"),
  });
  const ctx = systemContext(world.services, "test");
  // The first source of a language waits for its grammar, which is not what this is about.
  await ctx.highlight.highlight("let one: number;", { path: "other.ts", deadline: 60_000 });
  const [row] = await ctx.db.select().from(repositories).where(eq(repositories.name, "demo"));
  const git = gitOf(ctx, row ?? { diskPath: "" });
  const diff = await diffCommit(git, body.commit.sha);
  const seen = async (patience: number) => {
    const { files, colours_later: later } = await diffView(ctx, git, diff, { patience });
    return { later, line: files[0]?.hunks[0]?.lines[0] };
  };
  expect(await seen(0)).toEqual({ later: true, line: "+export const one: number = 1;" });
  await expect
    .poll(() => seen(5_000), { timeout: 30_000 })
    .toEqual({ later: false, line: expect.stringMatching(/^\+<span/) });
});
