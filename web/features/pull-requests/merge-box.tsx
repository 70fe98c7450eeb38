import { clsx } from "clsx";
import { Check, CircleAlert, GitMerge, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { Link } from "../../ui/link.tsx";
import { ChecksList } from "./checks-list.tsx";
import { apiOf, type At } from "./hrefs.ts";
import { MergeForm } from "./merge-form.tsx";
import { BranchName } from "./pull-head.tsx";
import type { PullData } from "./queries.ts";

interface Props {
  readonly at: At;
  readonly page: PullData;
  readonly search: URLSearchParams;
}

/** What stands between the change and its place: every requirement with its state, and the act itself. */
export function MergeBox({ at, page, search }: Props) {
  const { pull, merge, checks } = page;
  if (pull.merged || pull.state === "closed") return <AfterBox at={at} page={page} />;
  const unmet = merge.requirements.filter((one) => !one.met);
  const ready = unmet.length === 0;
  return (
    <Frame tone={ready ? "open" : merge.state === "dirty" ? "warning" : "plain"} label="Merging">
      <ul className="border-b border-line py-2">
        {[...unmet, ...merge.requirements.filter((one) => one.met)].map((one) => (
          <Requirement key={one.name} met={one.met}>
            <span className={one.met ? "text-ink-2" : "font-medium"}>{one.sentence}</span>
            {one.name === "conflicts" && merge.conflicts.length > 0 && (
              <ul className="mt-1 flex flex-col gap-0.5 font-mono text-code text-ink-2">
                {merge.conflicts.slice(0, 20).map((file) => (
                  <li key={file} dir="ltr">
                    {file}
                  </li>
                ))}
              </ul>
            )}
            {one.name === "ready" && !one.met && page.can.edit === true && (
              <div className="mt-2">
                <ActionButton
                  size="sm"
                  action={`PATCH ${apiOf(at)}/pulls/${pull.number}`}
                  values={{ draft: false }}
                >
                  Ready for review
                </ActionButton>
              </div>
            )}
          </Requirement>
        ))}
        <ReviewLine page={page} />
        <BehindLine at={at} page={page} />
      </ul>
      <ChecksList checks={checks} />
      {merge.methods.length > 0 && (
        <MergeForm at={at} page={page} search={search} refused={unmet[0]?.sentence} />
      )}
    </Frame>
  );
}

function Frame(props: {
  readonly tone: "open" | "warning" | "plain" | "merged";
  readonly label: string;
  readonly children: ReactNode;
}) {
  const edge = {
    open: "border-open",
    warning: "border-warning",
    plain: "border-line-strong",
    merged: "border-merged",
  };
  return (
    <section
      aria-label={props.label}
      className={clsx("relative z-1 my-3 overflow-clip rounded-lg border bg-surface", edge[props.tone])}
    >
      {props.children}
    </section>
  );
}

function Requirement({ met, children }: { readonly met: boolean | undefined; readonly children: ReactNode }) {
  return (
    <li className="flex items-start gap-2.5 px-3 py-1 text-sm leading-5">
      {met === true ? (
        <Check role="img" aria-label="Met" className="mt-0.5 shrink-0 text-open" />
      ) : met === false ? (
        <CircleAlert role="img" aria-label="Not met" className="mt-0.5 shrink-0 text-closed" />
      ) : (
        <TriangleAlert role="img" aria-label="To know" className="mt-0.5 shrink-0 text-warning" />
      )}
      <div className="min-w-0 grow">{children}</div>
    </li>
  );
}

function ReviewLine({ page: { reviews } }: { readonly page: PullData }) {
  const who = (state: string) =>
    reviews.latest
      .filter((review) => review.state === state && review.counts)
      .map((review) => review.user?.login)
      .join(", ");
  if (reviews.decision === "approved") return <Requirement met>Approved by {who("APPROVED")}</Requirement>;
  if (reviews.decision === "changes_requested")
    return <Requirement met={undefined}>{who("CHANGES_REQUESTED")} asked for changes</Requirement>;
  return null;
}

function BehindLine({ at, page: { pull, source, merge } }: Omit<Props, "search">) {
  if (source.behind === 0) return null;
  return (
    <Requirement met={undefined}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span>
          {source.pushed ? "This lacks" : "The branch lacks"} {source.behind}{" "}
          {source.behind === 1 ? "commit" : "commits"} of <BranchName name={pull.base.ref} />
        </span>
        {!source.pushed && (
          <ActionButton
            size="sm"
            action={`PUT ${apiOf(at)}/pulls/${pull.number}/update-branch`}
            values={{ expected_head_sha: pull.head.sha }}
            reason={
              source.can.update !== true
                ? source.can.update
                : merge.state === "dirty"
                  ? "It conflicts with the base branch: merge that by hand and push"
                  : undefined
            }
          >
            Update branch
          </ActionButton>
        )}
      </div>
    </Requirement>
  );
}

/** What can still be done with a merged or closed one. */
function AfterBox({ at, page }: Omit<Props, "search">) {
  const { pull, source } = page;
  const [owner = "", repo = ""] = source.repository?.split("/") ?? [];
  const refs = `${apiOf({ owner, repo })}/git/refs`;
  const branch = path`/heads/${pull.head.ref}`.replaceAll("%2F", "/");
  return (
    <Frame tone={pull.merged ? "merged" : "plain"} label={pull.merged ? "Merged" : "Closed"}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 py-3 text-sm">
        <div className="flex min-w-0 items-start gap-2.5">
          <GitMerge
            aria-hidden="true"
            className={clsx("mt-0.5 shrink-0", pull.merged ? "text-merged" : "text-ink-3")}
          />
          <div className="min-w-0">
            <p className="font-medium">
              {pull.merged ? "Merged: everything is in " : "Closed without merging into "}
              <BranchName name={pull.base.ref} />
            </p>
            <p className="text-ink-2">
              {source.pushed ? (
                <>It was opened by a push, without a branch; its commits stay here.</>
              ) : source.exists ? (
                <>
                  The branch <BranchName name={source.branch} /> is still there.
                </>
              ) : (
                <>
                  The branch <BranchName name={source.branch} /> is deleted; its commits stay here.
                </>
              )}
            </p>
          </div>
        </div>
        {source.repository !== null &&
          (source.exists ? (
            <ActionButton
              size="sm"
              action={`DELETE ${refs}${branch}`}
              reason={source.can.delete === true ? undefined : source.can.delete}
            >
              Delete branch
            </ActionButton>
          ) : (
            <ActionButton
              size="sm"
              action={`POST ${apiOf(at)}/pulls/${pull.number}/restore-branch`}
              reason={source.can.restore === true ? undefined : source.can.restore}
            >
              Restore branch
            </ActionButton>
          ))}
        {source.repository === null && !source.pushed && (
          <Link look="muted" href={`${path`/${at.owner}/${at.repo}`}/forks`}>
            Its repository is gone or hidden
          </Link>
        )}
      </div>
    </Frame>
  );
}
