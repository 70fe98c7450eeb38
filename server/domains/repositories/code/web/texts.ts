/** Diffs as text at the addresses of their pages: `/commit/{sha}.diff`, `/compare/{base...head}.patch`. */
import type { Context as HonoContext } from "hono";
import type { DoorServer } from "../../../../domain.ts";
import { readCommits } from "../../../../git/commits.ts";
import { diffText, patchSeries } from "../../../../git/diffs.ts";
import { emptyTreeId } from "../../../../git/object-ids.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import type { Bindings } from "../../../../kernel/http/client.ts";
import { locateRepository, requireAccess, type RepoWith } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { compareSides, requireSides } from "../compare.ts";
import { inert } from "../media.ts";
import { requireRevision } from "../revisions.ts";

type TextRequest = HonoContext<{ Bindings: Bindings }>;
type Kind = "diff" | "patch";

/** Mounts both addresses. */
export function mountTexts({ app, router }: DoorServer): void {
  const serve =
    (write: (ctx: Context, repo: RepoWith<"read">, name: string, kind: Kind) => Promise<Buffer>) =>
    async (c: TextRequest) => {
      try {
        const ctx = await router.identify(c.req.raw, c.env);
        router.count(ctx);
        const found = await locateRepository(ctx, c.req.param("owner") ?? "", c.req.param("repo") ?? "");
        const repo = requireAccess(ctx, found?.repository ?? null, "read");
        const [, name = "", kind] = /^(.+)\.(diff|patch)$/.exec(c.req.param("name") ?? "") ?? [];
        const text = await write(ctx, repo, name, kind === "diff" ? "diff" : "patch");
        return new Response(new Uint8Array(text), {
          headers: {
            ...inert,
            "content-type": "text/plain; charset=utf-8",
            "cache-control": "private, no-cache",
          },
        });
      } catch (error) {
        return router.refuse(error, c.env?.requestId ?? crypto.randomUUID());
      }
    };
  app.get("/:owner/:repo/commit/:name{[0-9a-f]+\\.(?:diff|patch)}", serve(commitText));
  app.get("/:owner/:repo/compare/:name{.+\\.(?:diff|patch)}", serve(comparisonText));
}

async function commitText(ctx: Context, repo: RepoWith<"read">, name: string, kind: Kind): Promise<Buffer> {
  const git = gitOf(ctx, repo);
  const { commit: oid } = await requireRevision(ctx, repo, name);
  if (kind === "patch") return patchSeries(git, null, oid);
  const [commit] = await readCommits(git, [oid]);
  if (!commit) throw notFound();
  return diffText(git, commit.parents[0] ?? emptyTreeId(oid), oid);
}

async function comparisonText(
  ctx: Context,
  repo: RepoWith<"read">,
  name: string,
  kind: Kind,
): Promise<Buffer> {
  const sides = await requireSides(ctx, repo, name);
  const { mergeBase } = await compareSides(sides, 1);
  return kind === "diff"
    ? diffText(sides.git, mergeBase, sides.head.commit)
    : patchSeries(sides.git, sides.base.commit, sides.head.commit);
}
