import { GitBranch, Tag } from "lucide-react";
import { useEffect, useState } from "react";
import { webCommitContained } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import { asApiError } from "../../app/api.ts";
import { Link } from "../../ui/link.tsx";
import { codeHref, type At } from "./hrefs.ts";

type Containing = Awaited<ReturnType<typeof webCommitContained>>["data"];

interface Props {
  readonly at: At;
  readonly sha: string;
  /** Read already, where the address asks for it. */
  readonly known: Containing | undefined;
  /** The page with them, where no JavaScript runs. */
  readonly href: string;
}

/** The branches and tags that a commit is part of, asked for when the page stands already. Its line is there from the start. */
export function Contained({ at, sha, known, href }: Props) {
  const found = useContaining(at, sha, known);
  return (
    // One line high whatever comes, so that nothing below it moves.
    <div className="mt-2 flex h-7 items-center gap-x-4 overflow-x-auto overflow-y-hidden text-sm whitespace-nowrap text-ink-2">
      {found === undefined ? (
        <>
          <Link href={href} look="muted" className="js:hidden">
            Branches and tags with this commit
          </Link>
          <span className="js-only" role="status">
            Looking for branches and tags…
          </span>
        </>
      ) : typeof found === "string" ? (
        <span role="status">{found}</span>
      ) : found.timed_out ? (
        <span role="status">There was no time to find the branches and tags with this commit.</span>
      ) : found.branches.total + found.tags.total === 0 ? (
        <span>No branch or tag has this commit.</span>
      ) : (
        <>
          <Names at={at} names={found.branches} what={["branch", "branches"]} />
          <Names at={at} names={found.tags} what={["tag", "tags"]} />
        </>
      )}
    </div>
  );
}

function useContaining({ owner, repo }: At, sha: string, known: Containing | undefined) {
  const api = useApi();
  const [read, setRead] = useState<{ readonly sha: string; readonly found: Containing | string }>();
  useEffect(() => {
    if (known) return;
    let wanted = true;
    webCommitContained(api.call, { owner, repo, sha }).then(
      ({ data }) => wanted && setRead({ sha, found: data }),
      (error: unknown) => wanted && setRead({ sha, found: asApiError(error).message }),
    );
    return () => {
      wanted = false;
    };
  }, [api, owner, repo, sha, known]);
  return known ?? (read?.sha === sha ? read.found : undefined);
}

interface NamesProps {
  readonly at: At;
  readonly names: Containing["branches"];
  readonly what: readonly [one: string, many: string];
}

function Names({ at, names: { names, total }, what }: NamesProps) {
  if (total === 0) return null;
  const [one, many] = what;
  const Icon = one === "tag" ? Tag : GitBranch;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden="true" />
      <span className="sr-only">{total === 1 ? `In the ${one}` : `In the ${many}`}</span>
      {names.map((name) => (
        <Link
          key={name}
          // By its whole name a tag is found behind a branch of the same name too.
          href={codeHref(at, "tree", one === "tag" ? `refs/tags/${name}` : name)}
          look="muted"
          className="font-mono text-xs"
        >
          {name}
        </Link>
      ))}
      {total > names.length && <span>and {total - names.length} more</span>}
    </span>
  );
}
