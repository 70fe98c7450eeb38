import { FolderTree, ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { PageProps } from "../../app/page.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Notice } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { annotatedPanels } from "../checks/annotated.tsx";
import { AnnotationsElsewhere, countElsewhere } from "../checks/annotations-elsewhere.tsx";
import { CommitChecks } from "../checks/commit-checks.tsx";
import { checksHref, runsOf } from "../checks/hrefs.ts";
import { commitComments } from "../commit-comments/comments.tsx";
import { DiffBar } from "../diff/diff-bar.tsx";
import { DiffPages } from "../diff/diff-pages.tsx";
import { diffModeOf, withParams } from "../diff/diff-query.ts";
import { Diff, type LinePlace } from "../diff/diff.tsx";
import { Find } from "../diff/find.tsx";
import { FollowUpForm, FollowUpLinks, useFollowUp } from "./commit-follow-up.tsx";
import { Contained } from "./contained.tsx";
import { codeHref, commitHref, shortSha } from "./hrefs.ts";
import { Person } from "./person.tsx";
import type { commitPage } from "./commit-routes.ts";

export default function CommitPage({ params, data, search }: PageProps<typeof commitPage>) {
  const { commit, diff } = data.change;
  const { parents } = commit;
  const [wanted, setWanted] = useState<LinePlace>();
  const comments = commitComments({
    at: params,
    sha: commit.sha,
    data: data.comments,
    files: diff.files,
    search,
  });
  const { can, repository } = data.home;
  const follow = useFollowUp(search);
  // Before the first commit of a history nothing stands.
  const mayFollow = can.write === true && parents.length > 0;
  const byAnother =
    commit.committer.name !== commit.author.name || commit.committer.login !== commit.author.login;
  return (
    <Content wide>
      <header className="rounded-lg border border-line bg-sunken p-4">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <h1 dir="auto" className="min-w-0 text-xl tracking-[-0.01em]">
            {commit.subject || "No message"}
          </h1>
          <span className="flex flex-wrap gap-2">
            {mayFollow && <FollowUpLinks follow={follow} />}
            <Button
              size="sm"
              href={codeHref(params, "tree", commit.sha)}
              icon={<FolderTree aria-hidden="true" />}
            >
              Browse files
            </Button>
          </span>
        </div>
        {commit.body !== "" && (
          <pre dir="auto" className="mt-2 text-code whitespace-pre-wrap text-ink-2">
            {commit.body}
          </pre>
        )}
        <div className="mt-3 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-2">
          <Person person={commit.author} size={20} />
          <span>
            {byAnother ? "wrote it" : "committed"}{" "}
            <RelativeTime at={byAnother ? commit.authored : commit.date} />
          </span>
          {byAnother && (
            <>
              <span aria-hidden="true">·</span>
              <Person person={commit.committer} size={20} />
              <span>
                committed <RelativeTime at={commit.date} />
              </span>
            </>
          )}
          <CommitChecks at={params} list={data.checks} />
          {commit.signed && <Badge icon={<ShieldCheck aria-hidden="true" />}>Signed</Badge>}
          <span className="grow" />
          <span className="flex flex-wrap items-center gap-x-3 font-mono text-xs">
            <span className="inline-flex items-center">
              commit&nbsp;<span className="text-ink">{shortSha(commit.sha)}</span>
              <CopyButton text={commit.sha} label="Copy the commit's id" size="sm" />
            </span>
            <span>
              {parents.length === 0 ? "the first commit" : parents.length === 1 ? "parent " : "parents "}
              {parents.map((sha) => (
                <Link key={sha} href={commitHref(params, sha)} className="mr-2">
                  {shortSha(sha)}
                </Link>
              ))}
            </span>
          </span>
        </div>
        <Contained
          at={params}
          sha={commit.sha}
          known={"contained" in data ? data.contained : undefined}
          href={withParams(search, { contained: "1" })}
        />
        {mayFollow && (
          <FollowUpForm
            at={params}
            sha={commit.sha}
            defaultBranch={repository.default_branch}
            follow={follow}
          />
        )}
      </header>
      <DiffBar diff={diff} search={search}>
        {diff.files.length > 0 && <Find files={diff.files} onShow={setWanted} />}
      </DiffBar>
      {parents.length > 1 && (
        <div className="mb-3">
          <Notice tone="info">A merge: the changes are those against its first parent.</Notice>
        </div>
      )}
      <AnnotationsElsewhere
        more={data.said.more}
        elsewhere={countElsewhere(data.said.items, diff)}
        href={checksHref(params, commit.sha)}
      />
      <Diff
        files={diff.files}
        repository={`${params.owner}/${params.repo}`}
        head={commit.sha}
        base={parents[0]}
        mode={diffModeOf(search)}
        fileHref={(file) => withParams(search, { file, start: undefined })}
        start={search.get("start") ?? undefined}
        startHref={(start) => withParams(search, { start })}
        wanted={wanted}
        renderPanel={annotatedPanels({ items: data.said.items, runHref: runsOf(params, commit.sha) })}
        {...comments.inline}
      />
      <DiffPages diff={diff} search={search} />
      {comments.end}
    </Content>
  );
}
