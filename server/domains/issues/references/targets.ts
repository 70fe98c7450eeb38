/** Where the references of a text lead, for one reader: to what exists and they may see, and to nothing else. */
import { and, eq, inArray } from "drizzle-orm";
import { peelToCommit } from "../../../git/revisions.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Reference, ReferenceTarget } from "../../../kernel/markup/index.ts";
import { usersByLogin } from "../../accounts/index.ts";
import { teamHref, teamsMentioned } from "../../organizations/index.ts";
import { gitOf, htmlUrl, locateRepository, type Repository } from "../../repositories/index.ts";
import { issues } from "../schema.ts";
import { otherKinds } from "./other-kinds.ts";

type Located = Exclude<Reference, { kind: "user" }>;

/** Of one text, references to more repositories or commits than these stay plain words. */
const mostRepositories = 20;
const mostCommits = 100;

/** The targets by the reference's key. `here` is the repository in which the text stands. */
export async function targetsOf(
  ctx: Context,
  here: Repository | null,
  references: readonly Reference[],
): Promise<Map<string, ReferenceTarget>> {
  const targets = new Map<string, ReferenceTarget>();
  const people = references.filter((one) => one.kind === "user" && one.team === null);
  const users = await usersByLogin(
    ctx,
    people.map((one) => one.key.slice(1)),
  );
  for (const { key } of people) {
    const person = users.get(key.slice(1));
    if (person) targets.set(key, { href: `${ctx.config.url}/${person.login}` });
  }
  const groups = references.flatMap((one) =>
    one.kind === "user" && one.team !== null ? [{ organization: one.name, team: one.team }] : [],
  );
  for (const [name, team] of await teamsMentioned(ctx, groups))
    targets.set(`@${name}`, { href: teamHref(ctx, team) });
  for (const [repo, found] of await byRepository(ctx, here, references)) {
    for (const [key, target] of await issueTargets(ctx, repo, found)) targets.set(key, target);
    for (const [key, target] of await commitTargets(ctx, repo, found)) targets.set(key, target);
  }
  return targets;
}

/** The references to things in repositories that the actor may read. */
export async function byRepository(
  ctx: Context,
  here: Repository | null,
  references: readonly Reference[],
): Promise<Map<Repository, Located[]>> {
  const located = references.filter((one): one is Located => one.kind !== "user");
  const groups = Map.groupBy(located, (one) => one.repository?.toLowerCase() ?? null);
  const found = new Map<Repository, Located[]>();
  for (const [name, list] of [...groups].slice(0, mostRepositories)) {
    const repo = name === null ? here : await named(ctx, name);
    if (repo) found.set(repo, list);
  }
  return found;
}

async function named(ctx: Context, fullName: string): Promise<Repository | null> {
  const [owner = "", name = ""] = fullName.split("/");
  return (await locateRepository(ctx, owner, name))?.repository ?? null;
}

async function issueTargets(
  ctx: Context,
  repo: Repository,
  references: readonly Located[],
): Promise<Map<string, ReferenceTarget>> {
  const wanted = references
    .filter((one) => one.kind === "issue")
    .filter((one) => one.number < repo.nextNumber);
  if (wanted.length === 0) return new Map();
  const numbers = [...new Set(wanted.map((one) => one.number))];
  const rows = await ctx.db
    .select({ number: issues.number, title: issues.title })
    .from(issues)
    .where(and(eq(issues.repoId, repo.id), inArray(issues.number, numbers)));
  const url = htmlUrl(ctx, repo);
  const known = new Map(
    rows.map((row) => [row.number, { href: `${url}/issues/${row.number}`, title: row.title }]),
  );
  const rest = numbers.filter((number) => !known.has(number));
  for (const kind of rest.length > 0 ? otherKinds() : [])
    for (const [number, target] of await kind.titles(ctx, repo, rest)) known.set(number, target);
  const targets = wanted.map((one) => [one.key, known.get(one.number)] as const);
  return new Map(
    targets.filter((one): one is readonly [string, ReferenceTarget & { title: string }] => !!one[1]),
  );
}

async function commitTargets(
  ctx: Context,
  repo: Repository,
  references: readonly Located[],
): Promise<Map<string, ReferenceTarget>> {
  const wanted = references.filter((one) => one.kind === "commit").slice(0, mostCommits);
  const git = gitOf(ctx, repo);
  const found = await Promise.all(
    wanted.map(async (one) => [one.key, await peelToCommit(git, one.sha)] as const),
  );
  const url = htmlUrl(ctx, repo);
  return new Map(
    found.flatMap(([key, commit]) =>
      commit === null ? [] : [[key, { href: `${url}/commit/${commit}` }] as const],
    ),
  );
}
