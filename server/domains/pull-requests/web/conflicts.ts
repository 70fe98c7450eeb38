/** The page on which the conflicts of a pull request are looked at and resolved. */
import { z } from "zod";
import type { TextPart } from "../../../git/conflict-parts.ts";
import { displayPath } from "../../../git/paths.ts";
import type { Context } from "../../../kernel/context.ts";
import { route } from "../../../kernel/http/route.ts";
import { verdictShape } from "../../issues/index.ts";
import {
  cloneUrl,
  gitOf,
  repositoryShape,
  repositoryView,
  type Repository,
} from "../../repositories/index.ts";
import { withPullRequest } from "../access.ts";
import { conflictsOf, placesIn, type ConflictedFile } from "../commands/conflicts.ts";
import { markersOf } from "../commands/resolve.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { pullShape } from "../shapes.ts";
import { pullView } from "../views.ts";
import { canOf } from "./page.ts";
import { sourceView } from "./branches.ts";

const placeShape = z.object({
  name: z.string(),
  line: z.int().describe("Where it begins on the branch"),
  before: z.string().describe("A few lines that both sides have before it"),
  after: z.string(),
  ours: z.string(),
  base: z.string(),
  theirs: z.string(),
});

const page = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/pulls/{pull_number}/conflicts",
  operation: "web/get-pull-conflicts-page",
  summary: "The conflicts of a pull request with its base",
  access: withPullRequest("read"),
  internal: true,
  answer: z.object({
    repository: repositoryShape,
    pull: pullShape,
    files: z.array(
      z.object({
        path: z.string(),
        shown: z.string().describe("The path as people read it"),
        why: z.string().nullable().describe("Why it cannot be resolved as text"),
        places: z.array(placeShape),
        marked: z.string().nullable().describe("The whole file with conflict markers"),
      }),
    ),
    more: z.int().describe("Further files that are not shown"),
    commands: z
      .object({ begin: z.array(z.string()), end: z.array(z.string()) })
      .describe("How to resolve it on one's own machine: before and after the files are edited"),
    can: z.object({ edit: verdictShape, resolve: verdictShape }),
  }),
  handle: async ({ ctx, repo, pull: seen }) => {
    const pull = await catchUp(ctx, repo, seen);
    const [view, source] = await Promise.all([pullView(ctx, repo, pull), sourceView(ctx, repo, pull)]);
    const open = pull.state === "open";
    const { files, more } = open ? await conflictsOf(gitOf(ctx, repo), pull) : { files: [], more: 0 };
    return {
      repository: repositoryView(ctx, repo),
      pull: view,
      files: files.map((file) => fileView(pull, file)),
      more,
      commands: commandsFor(ctx, repo, pull, source.repository),
      can: {
        edit: canOf(ctx, repo, pull).edit,
        resolve: files.length > 0 && more === 0 ? source.can.update : "Nothing can be resolved here",
      },
    };
  },
});

/** Lines on either side of a place that are shown with it. */
const context = 3;

function fileView(pull: PullRequest, { conflict, text }: ConflictedFile) {
  const parts = text.kind === "text" ? text.parts : [];
  return {
    path: conflict.path,
    shown: displayPath(conflict.path),
    why: text.kind === "text" ? null : sentence(pull, conflict, text.why),
    places: placesIn(parts).map(({ name, part, index }) => ({
      name,
      line: 1 + linesIn(parts.slice(0, index).map(oursOf).join("")),
      before: sameText(parts[index - 1])
        .split(/(?<=\n)/)
        .slice(-context)
        .join(""),
      after: sameText(parts[index + 1])
        .split(/(?<=\n)/)
        .slice(0, context)
        .join(""),
      ours: part.ours,
      base: part.base,
      theirs: part.theirs,
    })),
    marked: text.kind === "text" ? parts.map((part) => markedText(pull, part)).join("") : null,
  };
}

const linesIn = (text: string): number => text.split("\n").length - 1;
const oursOf = (part: TextPart): string => (part.kind === "same" ? part.text : part.ours);
const sameText = (part: TextPart | undefined): string => (part?.kind === "same" ? part.text : "");

function markedText(pull: PullRequest, part: TextPart): string {
  if (part.kind === "same") return part.text;
  const { begin, divide, end } = markersOf(pull);
  return `${begin}\n${part.ours}${divide}\n${part.theirs}${end}\n`;
}

function sentence(
  { sourceBranch, targetBranch }: PullRequest,
  { kind }: ConflictedFile["conflict"],
  why: Extract<ConflictedFile["text"], { kind: "other" }>["why"],
): string {
  const both = `${sourceBranch} and ${targetBranch} both changed this`;
  const sentences: Readonly<Record<typeof why, string>> = {
    deleted:
      kind === "deleted-by-us"
        ? `${sourceBranch} deleted this, ${targetBranch} changed it`
        : kind === "deleted-by-them"
          ? `${targetBranch} deleted this, ${sourceBranch} changed it`
          : "This was renamed or deleted on both sides in different ways",
    renamed: "This was renamed, moved or made something else on both sides in different ways",
    binary: `${both}, and it is no text`,
    lfs: `${both}, and its content is kept in LFS`,
    link: `${both}, and it is a symbolic link`,
    submodule: `${both}, and it is a submodule`,
    encoding: `${both}, and its text is not UTF-8`,
    large: `${both}, and it is too large for this page`,
    many: `${both} in more places than this page shows`,
  };
  return sentences[why];
}

/** In two halves: whoever copies all lines at once must not commit the markers. */
function commandsFor(ctx: Context, repo: Repository, pull: PullRequest, source: string | null) {
  const [branch, base] = [quoted(pull.sourceBranch), quoted(pull.targetBranch)];
  const url = cloneUrl(ctx, repo);
  const from = pull.sourceRepoId === repo.id ? "origin" : url;
  const begin =
    source === null
      ? [`git fetch ${url} refs/pull/${pull.number}/head`, `git switch -c ${branch} FETCH_HEAD`]
      : [`git switch ${branch}`];
  return {
    begin: [...begin, `git pull --no-rebase ${from} ${base}`, "git status"],
    end: ["git add --update", "git commit", `git push origin ${branch}`],
  };
}

/** A branch may hold what a shell would take for itself. */
const quoted = (name: string): string =>
  /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;

export const conflictsPageRoutes = [page];
