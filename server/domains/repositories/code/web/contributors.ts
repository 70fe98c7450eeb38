import { z } from "zod";
import { refsContaining } from "../../../../git/containing.ts";
import { readCommit } from "../../../../git/commits.ts";
import { contributorsOf } from "../../../../git/contributors.ts";
import { resolveCommit, resolveRevision } from "../../../../git/revisions.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route } from "../../../../kernel/http/route.ts";
import { withRepository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { peopleByEmail, personOf } from "../people.ts";
import { personShape, personView } from "./shapes.ts";

/** Names of each kind that are told; how many more there are is told, too. */
const namesTold = 20;
const peopleTold = 100;

const namesShape = z.object({ names: z.array(z.string()), total: z.int() });

const containing = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/commit/{sha}/contained",
  operation: "web/commit-contained",
  summary: "The branches and tags that a commit is part of",
  access: withRepository("read"),
  internal: true,
  answer: z.object({
    branches: namesShape,
    tags: namesShape,
    timed_out: z.boolean().describe("There was no time to find out"),
  }),
  handle: async ({ ctx, repo, params, raw }) => {
    const git = gitOf(ctx, repo);
    const oid = /^[0-9a-f]{4,64}$/i.test(params.sha) ? await resolveCommit(git, params.sha) : null;
    if (oid === null || !(await readCommit(git, oid))) throw notFound("There is no such commit");
    const { branches, tags, timedOut } = await refsContaining(git, oid, { signal: raw.signal });
    const first = (name: string) => Number(name !== repo.defaultBranch);
    const told = (names: readonly string[]) => ({ names: names.slice(0, namesTold), total: names.length });
    return {
      branches: told(branches.toSorted((a, b) => first(a) - first(b))),
      tags: told(tags),
      timed_out: timedOut,
    };
  },
});

const contributors = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/contributors",
  operation: "web/contributors",
  summary: "Who wrote the commits of the default branch",
  access: withRepository("read"),
  internal: true,
  answer: z.object({
    branch: z.string(),
    contributors: z.array(z.object({ person: personShape, commits: z.int() })),
    total: z.int().describe("How many people there are, those not told among them"),
    commits: z.int(),
  }),
  handle: async ({ ctx, repo }) => {
    const git = gitOf(ctx, repo);
    const branch = repo.defaultBranch;
    const home = await resolveRevision(git, `refs/heads/${branch}`);
    if (!home) return { branch, contributors: [], total: 0, commits: 0 };
    const { authors, total } = await contributorsOf(git, home.commit);
    const people = await peopleByEmail(
      ctx,
      authors.map(({ email }) => email),
    );
    // Somebody known here is one person under all their addresses.
    const merged = new Map<string, { person: z.input<typeof personShape>; commits: number }>();
    for (const { name, email, commits } of authors) {
      const key = personOf(people, email)?.id ?? `${name}\0${email}`;
      const known = merged.get(key);
      merged.set(key, {
        person: known?.person ?? personView(ctx, people, name, email),
        commits: (known?.commits ?? 0) + commits,
      });
    }
    const all = [...merged.values()].toSorted((a, b) => b.commits - a.commits);
    return {
      branch,
      contributors: all.slice(0, peopleTold),
      total: total - (authors.length - all.length),
      commits: all.reduce((sum, { commits }) => sum + commits, 0),
    };
  },
});

export const contributorRoutes = [containing, contributors];
