import { clsx } from "clsx";
import { GitMerge } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { BranchName } from "./pull-head.tsx";
import type { PullData } from "./queries.ts";
import { useOpened } from "./use-opened.ts";

interface Props {
  readonly at: At;
  readonly page: PullData;
  readonly search: URLSearchParams;
}

/** The box below the conversation. */
export function Frame(props: {
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

/** What can still be done with a merged or closed one. */
export function AfterBox({ at, page, search }: Props) {
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
      {pull.merged && <FollowUps at={at} page={page} search={search} />}
    </Frame>
  );
}

/** A merged change is taken back or brought elsewhere by a pull request of its own. */
function FollowUps({ at, page, search }: Props) {
  const { pull, can } = page;
  const edit = useOpened(search);
  if (can.triage !== true) return null;
  const act = (name: string) => `POST ${apiOf(at)}/pulls/${pull.number}/${name}`;
  const there = pullHref(at, 0).replace(/0$/, "{number}");
  const picking = edit.opened === "cherry-pick";
  return (
    <ActionForm
      id="follow-up"
      action={act(picking ? "cherry-pick" : "revert")}
      redirect={there}
      className="flex flex-col gap-2 border-t border-line bg-sunken px-3 py-2.5 text-sm"
    >
      <FormRefusal />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {picking ? (
          <Field name="base" label="Branch that gets it" bare className="min-w-44 grow">
            <Input
              required
              mono
              small
              placeholder="Branch that gets it"
              spellCheck={false}
              autoComplete="off"
              autoFocus
            />
          </Field>
        ) : (
          <p className="min-w-0 text-ink-2">
            Take it back, or bring it to another branch, by a new pull request.
          </p>
        )}
        <span className="flex flex-wrap gap-2">
          {picking ? (
            <>
              <Submit size="sm">Cherry-pick</Submit>
              <LinkButton variant="ghost" {...edit.closes}>
                Cancel
              </LinkButton>
            </>
          ) : (
            <>
              <Submit size="sm" variant="secondary">
                Revert
              </Submit>
              <LinkButton {...edit.opens("cherry-pick")}>Cherry-pick…</LinkButton>
            </>
          )}
        </span>
      </div>
    </ActionForm>
  );
}
