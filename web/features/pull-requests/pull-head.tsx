import { FileDiff, GitCommitHorizontal, History, ListChecks, Lock, MessageSquare } from "lucide-react";
import { memo } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { Badge } from "../../ui/badge.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { TabLinks } from "../../ui/tabs.tsx";
import { codeHref } from "../code/hrefs.ts";
import { DiffStat } from "../diff/stat.tsx";
import { TitleText } from "../issues/title-text.tsx";
import { apiOf, newPullHref, pullHref, type At } from "./hrefs.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { stateOf } from "./look.ts";
import type { Pull } from "./queries.ts";
import { useOpened, type Opened } from "./use-opened.ts";

interface Props {
  readonly at: At;
  readonly pull: Pull;
  readonly search: URLSearchParams;
  readonly tab: "conversation" | "commits" | "checks" | "files" | "revisions";
  readonly canEdit: true | string;
}

/** What stands above every tab of a pull request: its title, what goes where, and the tabs. */
export const PullHead = memo(function PullHead({ at, pull, search, tab, canEdit }: Props) {
  const edit = useOpened(search);
  return (
    <header className="mb-5">
      {edit.opened === "title" && canEdit === true ? (
        <>
          <h1 className="sr-only">{pull.title}</h1>
          <TitleForm at={at} pull={pull} edit={edit} />
        </>
      ) : (
        <div className="flex items-start gap-3">
          <h1 dir="auto" className="min-w-0 grow text-xl tracking-[-0.01em] text-balance">
            <TitleText title={pull.title} />{" "}
            <span dir="ltr" className="inline-block font-normal text-ink-3">
              #{pull.number}
            </span>
          </h1>
          {canEdit === true && (
            <LinkButton variant="ghost" {...edit.opens("title")}>
              Edit<span className="sr-only"> title and base</span>
            </LinkButton>
          )}
          {tab !== "conversation" ? null : (
            <LinkButton className="max-sm:hidden" href={newPullHref(at)}>
              New pull request
            </LinkButton>
          )}
        </div>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-sm text-ink-2">
        <StateBadge state={stateOf(pull)} />
        <Route at={at} pull={pull} />
        {pull.locked && (
          <Badge icon={<Lock aria-hidden="true" />}>
            Locked{pull.active_lock_reason ? `: ${pull.active_lock_reason}` : ""}
          </Badge>
        )}
      </div>
      <div className="mt-3 flex items-end">
        <div className="min-w-0 grow">
          <TabLinks
            label="Pull request"
            tabs={[
              {
                href: pullHref(at, pull.number),
                label: "Conversation",
                icon: <MessageSquare aria-hidden="true" />,
                count: pull.comments + pull.review_comments,
                current: tab === "conversation",
              },
              {
                href: pullHref(at, pull.number, "commits"),
                label: "Commits",
                icon: <GitCommitHorizontal aria-hidden="true" />,
                count: pull.commits,
                current: tab === "commits",
              },
              {
                href: pullHref(at, pull.number, "checks"),
                label: "Checks",
                icon: <ListChecks aria-hidden="true" />,
                current: tab === "checks",
              },
              {
                href: pullHref(at, pull.number, "files"),
                label: "Files changed",
                icon: <FileDiff aria-hidden="true" />,
                count: pull.changed_files,
                current: tab === "files",
              },
              {
                href: pullHref(at, pull.number, "revisions"),
                label: "Revisions",
                icon: <History aria-hidden="true" />,
                current: tab === "revisions",
              },
            ]}
          />
        </div>
        <span className="flex h-9 items-center border-b border-line pl-3 max-sm:hidden">
          <DiffStat additions={pull.additions} deletions={pull.deletions} />
        </span>
      </div>
    </header>
  );
});

function TitleForm({ at, pull, edit }: { readonly at: At; readonly pull: Pull; readonly edit: Opened }) {
  return (
    <ActionForm
      id="title"
      action={`PATCH ${apiOf(at)}/pulls/${pull.number}`}
      redirect={pullHref(at, pull.number)}
      onDone={edit.close}
      className="flex flex-wrap items-start gap-2"
    >
      <Field name="title" label="Title" bare className="min-w-60 grow">
        <Input defaultValue={pull.title} required maxLength={256} dir="auto" autoFocus autoComplete="off" />
      </Field>
      {pull.state === "open" && (
        <Field name="base" label="Goes into" bare className="w-44">
          <Input
            defaultValue={pull.base.ref}
            required
            mono
            aria-label="Goes into the branch"
            spellCheck={false}
            autoComplete="off"
          />
        </Field>
      )}
      <Submit variant="primary">Save</Submit>
      <LinkButton size="md" variant="ghost" {...edit.closes}>
        Cancel
      </LinkButton>
      <FormRefusal />
    </ActionForm>
  );
}

/** Who wants what to go where. */
function Route({ at, pull }: { readonly at: At; readonly pull: Pull }) {
  const commits = `${pull.commits} ${pull.commits === 1 ? "commit" : "commits"}`;
  const who = pull.merged ? pull.merged_by : pull.user;
  // Opened by a push: what can be fetched is a reference of the repository itself, and the label says whose topic it is.
  const isPushed = pull.head.ref.startsWith("refs/pull/");
  return (
    <span className="min-w-0 leading-6">
      {who ? (
        <Link look="plain" href={path`/${who.login}`} className="font-medium text-ink">
          {who.login}
        </Link>
      ) : (
        "Somebody"
      )}{" "}
      {pull.merged ? "merged" : pull.state === "closed" ? "wanted to merge" : "wants to merge"} {commits} into{" "}
      <BranchName href={codeHref(at, "tree", pull.base.ref)} name={pull.base.ref} /> from{" "}
      {isPushed ? (
        <BranchName href={codeHref(at, "tree", pull.head.sha)} name={pull.head.label} />
      ) : pull.head.repo ? (
        <BranchName
          href={codeHref(
            { owner: pull.head.repo.owner.login, repo: pull.head.repo.name },
            "tree",
            pull.head.ref,
          )}
          name={pull.head.repo.id === pull.base.repo?.id ? pull.head.ref : pull.head.label}
        />
      ) : (
        <BranchName name={pull.head.label} />
      )}
      <span className="ml-0.5 inline-block align-middle">
        <CopyButton
          text={pull.head.ref}
          label={isPushed ? "Copy the reference to fetch" : "Copy the name of the branch"}
          size="sm"
        />
      </span>
    </span>
  );
}

/** The name of a branch, as it stands among words. */
export function BranchName({ name, href }: { readonly name: string; readonly href?: string }) {
  const look =
    "inline-block max-w-full rounded-sm bg-accent-soft px-1.5 py-0.5 align-middle font-mono leading-4 text-xs text-accent-ink [overflow-wrap:anywhere]";
  return href === undefined ? (
    <code className={look}>{name}</code>
  ) : (
    <a href={href} className={`${look} hover:underline`}>
      {name}
    </a>
  );
}
