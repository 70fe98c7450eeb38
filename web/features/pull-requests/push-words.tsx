import { Link } from "../../ui/link.tsx";
import { commitHref, shortSha } from "../code/hrefs.ts";
import { revisionsHref, type At } from "./hrefs.ts";
import { BranchName } from "./pull-head.tsx";
import type { TimelineEntry } from "./queries.ts";

type Push = Extract<TimelineEntry, { push?: unknown }>["push"];

interface Props {
  readonly at: At;
  readonly number: number;
  readonly push: Push;
}

/** What a push did to the branch of a pull request, with the way to what changed by it. */
export function PushWords({ at, number, push }: Props) {
  if (!push) return "pushed";
  const { revision, kind, same_change: same, commits = 0, base } = push;
  const from = <Commit at={at} sha={push.before} />;
  const to = <Commit at={at} sha={push.after} />;
  if (revision === undefined || kind === undefined)
    return (
      <>
        {push.forced ? "force-pushed the branch" : "pushed"} {from} → {to}
      </>
    );
  return (
    <>
      {kind === "added" && (commits === 1 ? "pushed 1 commit" : `pushed ${commits} commits`)}
      {kind === "rebased" && (
        <>rebased the same change onto {base !== undefined && <BranchName name={base} />}</>
      )}
      {kind === "rewritten" && "rewrote the branch"}
      {same === true && kind !== "rebased" && ", the change is the same"} {from} → {to}{" "}
      <Link look="plain" href={revisionsHref(at, number, revision - 1, revision)} className="text-accent-ink">
        Compare with revision {revision - 1}
      </Link>
    </>
  );
}

const Commit = ({ at, sha }: { readonly at: At; readonly sha: string }) => (
  <Link look="plain" href={commitHref(at, sha)} className="font-mono text-code text-ink">
    {shortSha(sha)}
  </Link>
);
