/** From the names people type to object ids. Only ids go on to git from here. */
import { ContentCache } from "./cache.ts";
import { isObjectId, type Repository } from "./object-ids.ts";
import { objectPool } from "./objects.ts";
import { readRefs, type RefSnapshot } from "./ref-cache.ts";

export interface Revision {
  readonly kind: "branch" | "tag" | "commit" | "other";
  /** The branch or tag without its prefix, the whole name of another ref, or the commit id. */
  readonly name: string;
  /** The commit, tags peeled. */
  readonly commit: string;
}

// oxlint-disable-next-line no-control-regex
const unfit = /[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|^-|^\/|\/$|\/\/|^@$|\.$/;
const peeled = new ContentCache<string>(4 * 1024 * 1024);

/** Whether a text could be a ref name or an object id; revision expressions (`a..b`, `HEAD^`, `@{1}`) are neither. */
export function isPlainRevision(text: string): boolean {
  return text.length > 0 && text.length <= 1024 && !unfit.test(text);
}

/**
 * What a revision from outside names: a ref by its whole name (`refs/tags/x`, `refs/pull/1/head`), else a branch, else a tag,
 * else a ref in another long form (`heads/x`, `HEAD`), else a commit by id or by at least four digits of it. Null when it names
 * no commit. As in git, a whole name comes first: no branch called `refs/heads/main` can pass for `main`.
 */
export async function resolveRevision(repo: Repository, text: string): Promise<Revision | null> {
  if (!isPlainRevision(text)) return null;
  const snapshot = await readRefs(repo);
  for (const { kind, name, ref } of candidates(text, snapshot)) {
    const oid = snapshot.refs.get(ref)?.oid;
    const commit = oid && (await peelToCommit(repo, oid));
    if (commit) return { kind, name, commit };
  }
  if (text === "HEAD" && snapshot.head && "oid" in snapshot.head)
    return { kind: "commit", name: snapshot.head.oid, commit: snapshot.head.oid };
  if (!/^[0-9a-f]{4,64}$/i.test(text)) return null;
  const commit = await peelToCommit(repo, text.toLowerCase());
  return commit ? { kind: "commit", name: commit, commit } : null;
}

/** The commit of a branch, a tag, or a whole or abbreviated id; a branch wins over a tag of the same name. */
export async function resolveCommit(repo: Repository, text: string): Promise<string | null> {
  return (await resolveRevision(repo, text))?.commit ?? null;
}

/**
 * Splits the end of a URL (`feature/x/src/a.ts`, `refs/tags/v1/src/a.ts`) into the longest branch or tag it begins with, and a
 * path. A tag that has its short name in common with a branch keeps its whole one: the short one would lead to the branch.
 *
 * `refNames` answers whether a whole ref name (`refs/heads/feature/x`) exists, all refs unless told; without a match
 * the first segment is tried as a commit id. Null when nothing fits. The path is not checked for existence.
 */
export async function resolveRefAndPath(
  repo: Repository,
  tail: string,
  refNames?: { has(name: string): boolean },
): Promise<(Revision & { readonly path: string }) | null> {
  const parts = tail.split("/");
  if (parts.at(-1) === "") parts.pop();
  const { refs } = await readRefs(repo);
  const known = refNames ?? refs;
  for (const namesOf of [wholeNames, shortNames])
    for (let length = Math.min(parts.length, 64); length > 0; length -= 1)
      for (const { kind, name, ref } of namesOf(parts.slice(0, length).join("/"))) {
        const oid = known.has(ref) ? refs.get(ref)?.oid : undefined;
        const commit = oid && (await peelToCommit(repo, oid));
        if (!commit) continue;
        const shadowed = kind === "tag" && known.has(`refs/heads/${name}`);
        return { kind, name: shadowed ? ref : name, commit, path: parts.slice(length).join("/") };
      }
  const revision = await resolveRevision(repo, parts[0] ?? "");
  return revision && { ...revision, path: parts.slice(1).join("/") };
}

/** The commit behind an object id, whole or abbreviated; null when there is none or several. */
export async function peelToCommit(repo: Repository, id: string): Promise<string | null> {
  const key = `${repo.dir}\0${id}`;
  const known = peeled.get(key);
  if (known !== undefined) return known;
  const [answer] = await objectPool.ask(repo.dir, [{ command: "info", name: `${id}^{commit}`, keep: 0 }]);
  if (answer && isObjectId(id)) peeled.set(key, answer.oid, 250);
  return answer?.oid ?? null;
}

interface Candidate {
  readonly kind: Revision["kind"];
  readonly name: string;
  readonly ref: string;
}

function* candidates(text: string, { head }: RefSnapshot): Generator<Candidate> {
  yield* wholeNames(text);
  yield* shortNames(text);
  const target = text === "HEAD" && head && "target" in head ? head.target : text;
  yield* wholeNames(/^(?:heads|tags)\//.test(target) ? `refs/${target}` : target);
}

function* wholeNames(text: string): Generator<Candidate> {
  const [, space, name = ""] = /^refs\/(heads|tags|pull)\/(.+)$/s.exec(text) ?? [];
  if (space === "heads") yield { kind: "branch", name, ref: text };
  else if (space === "tags") yield { kind: "tag", name, ref: text };
  else if (space === "pull") yield { kind: "other", name: text, ref: text };
}

function* shortNames(text: string): Generator<Candidate> {
  yield { kind: "branch", name: text, ref: `refs/heads/${text}` };
  yield { kind: "tag", name: text, ref: `refs/tags/${text}` };
}
