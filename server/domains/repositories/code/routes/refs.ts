import { z } from "zod";
import { isAncestor } from "../../../../git/ancestry.ts";
import { isHiddenRef, pushedRefProblem } from "../../../../git/names.ts";
import { isObjectId } from "../../../../git/object-ids.ts";
import { objectInfo, objectInfos } from "../../../../git/objects.ts";
import { listRefs, readRef, type Ref } from "../../../../git/refs.ts";
import { peelToCommit } from "../../../../git/revisions.ts";
import type { Context } from "../../../../kernel/context.ts";
import { invalid, notFound, unprocessable } from "../../../../kernel/errors.ts";
import { created, route } from "../../../../kernel/http/route.ts";
import { withRepository, type Repository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { moveRefs, requireMoved } from "../../git/move-refs.ts";
import { refShape, refView } from "../ref-views.ts";

const sha = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i, "A whole object id")
  .toLowerCase();

/** GitHub's addresses leave the `refs/` out. */
const full = (ref: string): string => (ref.startsWith("refs/") ? ref : `refs/${ref}`);

async function requireRef(ctx: Context, repo: Repository, name: string): Promise<Ref> {
  const found = isHiddenRef(name) ? null : await readRef(gitOf(ctx, repo), name);
  if (!found) throw notFound();
  return found;
}

async function viewOf(ctx: Context, repo: Repository, ref: Pick<Ref, "name" | "oid">) {
  const info = await objectInfo(gitOf(ctx, repo), ref.oid);
  if (!info) throw notFound();
  return refView(ctx, repo, ref, info);
}

const getRef = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/git/ref/{ref*}",
  operation: "git/get-ref",
  summary: "Get a reference, `heads/main` or `tags/v1`",
  access: withRepository("read"),
  answer: refShape,
  handle: async ({ ctx, repo, params }) => viewOf(ctx, repo, await requireRef(ctx, repo, full(params.ref))),
});

/** More than anybody reads, and what one answer holds. */
const mostMatching = 1000;

const matching = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/git/matching-refs/{ref*}",
  operation: "git/list-matching-refs",
  summary: "List the references whose name begins so, at most 1000",
  access: withRepository("read"),
  answer: z.array(refShape),
  handle: async ({ ctx, repo, params }) => {
    const git = gitOf(ctx, repo);
    const found = (await listRefs(git, full(params.ref))).filter(({ name }) => !isHiddenRef(name));
    const shown = found.slice(0, mostMatching);
    const infos = await objectInfos(
      git,
      shown.map(({ oid }) => oid),
    );
    return shown.flatMap((ref, index) => {
      const info = infos[index];
      return info ? [refView(ctx, repo, ref, info)] : [];
    });
  },
});

/** @throws Refusal 422 for an object that is not here, or that a branch cannot name */
async function requireTarget(ctx: Context, repo: Repository, ref: string, oid: string): Promise<void> {
  const info = isObjectId(oid) ? await objectInfo(gitOf(ctx, repo), oid) : null;
  if (!info) throw unprocessable("Object does not exist");
  if (ref.startsWith("refs/heads/") && info.type !== "commit")
    throw invalid("Reference", "sha", "A branch can only name a commit");
}

function requireWritable(ref: string): void {
  const problem = pushedRefProblem(ref);
  if (problem !== null) throw invalid("Reference", "ref", problem);
}

const createRef = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/git/refs",
  operation: "git/create-ref",
  summary: "Create a branch or a tag",
  access: withRepository("write"),
  body: z.object({ ref: z.string().min(1).max(1024).describe("Whole, `refs/heads/main`"), sha }),
  answer: refShape,
  status: 201,
  handle: async ({ ctx, repo, body }) => {
    if (!body.ref.startsWith("refs/")) throw invalid("Reference", "ref", "A reference begins with refs/");
    requireWritable(body.ref);
    await requireTarget(ctx, repo, body.ref, body.sha);
    const move = { ref: body.ref, old: null, new: body.sha };
    requireMoved(await moveRefs(ctx, repo, [move], { reason: "create" }));
    const view = await viewOf(ctx, repo, { name: body.ref, oid: body.sha });
    return created(view, view.url);
  },
});

const updateRef = route({
  method: "PATCH",
  path: "/repos/{owner}/{repo}/git/refs/{ref*}",
  operation: "git/update-ref",
  summary: "Move a branch or a tag; backwards or sideways only with force",
  access: withRepository("write"),
  body: z.object({ sha, force: z.boolean().default(false) }),
  answer: refShape,
  handle: async ({ ctx, repo, params, body }) => {
    const name = full(params.ref);
    const before = await requireRef(ctx, repo, name);
    requireWritable(name);
    await requireTarget(ctx, repo, name, body.sha);
    if (!body.force && !(await isForward(ctx, repo, before.oid, body.sha)))
      throw unprocessable("Update is not a fast forward");
    if (before.oid !== body.sha) {
      const move = { ref: name, old: before.oid, new: body.sha };
      requireMoved(await moveRefs(ctx, repo, [move], { reason: "update" }));
    }
    return viewOf(ctx, repo, { name, oid: body.sha });
  },
});

async function isForward(ctx: Context, repo: Repository, from: string, to: string): Promise<boolean> {
  const git = gitOf(ctx, repo);
  const [before, after] = await Promise.all([peelToCommit(git, from), peelToCommit(git, to)]);
  return before !== null && after !== null && isAncestor(git, before, after);
}

const deleteRef = route({
  method: "DELETE",
  path: "/repos/{owner}/{repo}/git/refs/{ref*}",
  operation: "git/delete-ref",
  summary: "Delete a branch or a tag",
  access: withRepository("write"),
  answer: z.undefined(),
  status: 204,
  handle: async ({ ctx, repo, params }) => {
    const name = full(params.ref);
    const before = isHiddenRef(name) ? null : await readRef(gitOf(ctx, repo), name);
    if (!before) throw unprocessable("Reference does not exist");
    if (name.startsWith("refs/pull/"))
      throw invalid("Reference", "ref", "This name is reserved for the server.");
    const move = { ref: name, old: before.oid, new: null };
    requireMoved(await moveRefs(ctx, repo, [move], { reason: "delete" }));
  },
});

export const refRoutes = [getRef, matching, createRef, updateRef, deleteRef];
