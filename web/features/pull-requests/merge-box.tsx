import { Check, CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../app/action-form.tsx";
import { ChecksList } from "./checks-list.tsx";
import { AfterBox, Frame } from "./after-box.tsx";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { AutoMergeLine, MergeForm } from "./merge-form.tsx";
import { MissingOwners } from "./missing-owners.tsx";
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
  if (pull.merged || pull.state === "closed") return <AfterBox at={at} page={page} search={search} />;
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
            {one.missing && <MissingOwners missing={one.missing} />}
            {one.name === "conflicts" && merge.state === "dirty" && (
              <div className="mt-2">
                <LinkButton href={pullHref(at, pull.number, "conflicts")}>Look at the conflicts</LinkButton>
              </div>
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
      <ChecksList at={at} number={pull.number} list={checks} />
      <AutoMergeLine at={at} page={page} />
      {merge.methods.length > 0 && !(pull.auto_merge && !ready) && (
        <MergeForm at={at} page={page} search={search} refused={unmet[0]?.sentence} />
      )}
    </Frame>
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
          <span className="flex flex-wrap gap-2">
            {(["merge", "rebase"] as const).map((method) => (
              <ActionButton
                key={method}
                size="sm"
                variant={method === "merge" ? "secondary" : "ghost"}
                action={`PUT ${apiOf(at)}/pulls/${pull.number}/update-branch`}
                values={{ expected_head_sha: pull.head.sha, update_method: method }}
                reason={
                  source.can.update !== true
                    ? source.can.update
                    : merge.state === "dirty"
                      ? "It conflicts with the base branch: resolve that first"
                      : undefined
                }
              >
                {method === "merge" ? "Update branch" : "Update by rebase"}
              </ActionButton>
            ))}
          </span>
        )}
      </div>
    </Requirement>
  );
}
