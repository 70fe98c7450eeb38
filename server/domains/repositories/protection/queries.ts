import { and, asc, eq, inArray } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import type { Repository } from "../access.ts";
import { branchProtectionRules } from "../schema.ts";
import { ruleFor } from "./policy.ts";

export type Rule = typeof branchProtectionRules.$inferSelect;

/** All rules of a repository, by their pattern. They are few: `mostRules` bounds them. */
export function listRules(ctx: Context, repo: Pick<Repository, "id">): Promise<Rule[]> {
  return ctx.db
    .select()
    .from(branchProtectionRules)
    .where(eq(branchProtectionRules.repoId, repo.id))
    .orderBy(asc(branchProtectionRules.pattern));
}

/** The rule that holds for a branch, by its name. */
export async function branchRule(
  ctx: Context,
  repo: Pick<Repository, "id">,
  branch: string,
): Promise<Rule | null> {
  return ruleFor(await listRules(ctx, repo), `refs/heads/${branch}`);
}

export interface Branch {
  readonly repoId: string;
  readonly branch: string;
}

/** The rules that hold for branches of many repositories, in their order; null where none does. One query. */
export async function branchRules(ctx: Context, branches: readonly Branch[]): Promise<(Rule | null)[]> {
  const ids = [...new Set(branches.map(({ repoId }) => repoId))];
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .select()
    .from(branchProtectionRules)
    .where(inArray(branchProtectionRules.repoId, ids))
    .orderBy(asc(branchProtectionRules.pattern));
  const byRepo = Map.groupBy(rows, (rule) => rule.repoId);
  return branches.map(({ repoId, branch }) => ruleFor(byRepo.get(repoId) ?? [], `refs/heads/${branch}`));
}

/** @throws Refusal 404 for a rule that this repository does not have */
export async function getRule(ctx: Context, repo: Repository, id: string): Promise<Rule> {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound();
  const [rule] = await ctx.db
    .select()
    .from(branchProtectionRules)
    .where(and(eq(branchProtectionRules.repoId, repo.id), eq(branchProtectionRules.id, id)));
  if (!rule) throw notFound();
  return rule;
}

/** The rule of exactly this pattern. */
export async function ruleOfPattern(ctx: Context, repo: Repository, pattern: string): Promise<Rule | null> {
  const [rule] = await ctx.db
    .select()
    .from(branchProtectionRules)
    .where(and(eq(branchProtectionRules.repoId, repo.id), eq(branchProtectionRules.pattern, pattern)));
  return rule ?? null;
}
