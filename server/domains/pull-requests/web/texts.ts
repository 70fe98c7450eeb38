/** The change of a pull request as text, where its `diff_url` and `patch_url` lead. */
import type { DoorServer } from "../../../domain.ts";
import { notFound } from "../../../kernel/errors.ts";
import { parseNumber } from "../../issues/index.ts";
import { locateRepository, requireAccess, textAnswer } from "../../repositories/index.ts";
import { textOf } from "../contents.ts";
import { catchUp } from "../heads.ts";
import { findPullRequest } from "../queries.ts";

/** Mounts `/pull/{number}.diff` and `/pull/{number}.patch`. */
export function mountTexts({ app, router }: DoorServer): void {
  app.get("/:owner/:repo/pull/:name{[0-9]+\\.(?:diff|patch)}", async (c) => {
    try {
      const ctx = await router.identify(c.req.raw, c.env);
      router.count(ctx);
      const found = await locateRepository(ctx, c.req.param("owner"), c.req.param("repo"));
      const repo = requireAccess(ctx, found?.repository ?? null, "read");
      const [number, form] = c.req.param("name").split(".");
      const pull = await findPullRequest(ctx, repo, parseNumber(number));
      if (!pull) throw notFound();
      const media = form === "diff" ? "diff" : "patch";
      const answer = textAnswer(await textOf(ctx, repo, await catchUp(ctx, repo, pull), media), media);
      answer.headers.set("content-type", "text/plain; charset=utf-8");
      answer.headers.set("cache-control", "private, no-cache");
      return answer;
    } catch (error) {
      return router.refuse(error, c.env?.requestId ?? crypto.randomUUID());
    }
  });
}
