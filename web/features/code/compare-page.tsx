import { GitPullRequest } from "lucide-react";
import { useState } from "react";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { deep, path } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { annotatedPanels } from "../checks/annotated.tsx";
import { AnnotationsElsewhere, countElsewhere } from "../checks/annotations-elsewhere.tsx";
import { checksHref, runsOf } from "../checks/hrefs.ts";
import { DiffBar } from "../diff/diff-bar.tsx";
import { DiffPages } from "../diff/diff-pages.tsx";
import { diffModeOf, withParams } from "../diff/diff-query.ts";
import { Diff, type LinePlace } from "../diff/diff.tsx";
import { Find } from "../diff/find.tsx";
import { CommitList } from "./commit-list.tsx";
import { ComparePicker } from "./compare-picker.tsx";
import type { comparePage } from "./compare-routes.ts";

export default function ComparePage({ params, data, search }: PageProps<typeof comparePage>) {
  const { viewer } = useFrame();
  const { comparison, home } = data;
  const [wanted, setWanted] = useState<LinePlace>();
  const { base, head, status, ahead, behind, commits, total_commits: total, diff } = comparison;
  const at = { owner: params.owner, repo: params.repo };
  const [headOwner = at.owner, headRepo = at.repo] = head.repository.split("/");
  const commitsAt = { owner: headOwner, repo: headRepo };
  const open = path`/${at.owner}/${at.repo}/pulls/new/${deep(base.label)}...${deep(head.label)}`;
  const swapped = path`/${at.owner}/${at.repo}/compare/${deep(head.label)}...${deep(base.label)}`;
  return (
    <Content wide>
      <PageHead
        title="Compare changes"
        acts={
          viewer && ahead > 0 && !home.repository.archived ? (
            <Button href={open} variant="primary" icon={<GitPullRequest aria-hidden="true" />}>
              Open pull request
            </Button>
          ) : undefined
        }
      />
      <ComparePicker at={at} base={base} head={head} family={data.family.repositories} />
      {status === "unrelated" || diff === null ? (
        <EmptyState title="Nothing in common">
          The histories of {base.label} and {head.label} never met, so there is nothing to compare.
        </EmptyState>
      ) : ahead === 0 ? (
        <EmptyState
          title={status === "identical" ? "Both are the same" : "Nothing to bring over"}
          action={
            status === "behind" ? <Button href={swapped}>Compare the other way round</Button> : undefined
          }
        >
          {status === "identical"
            ? `${base.label} and ${head.label} are at the same commit.`
            : `${base.label} has everything of ${head.label}, and ${behind} ${behind === 1 ? "commit" : "commits"} more.`}
        </EmptyState>
      ) : (
        <>
          <details open={total <= 12} className="mt-5">
            <summary className="mb-2 w-fit cursor-pointer text-base font-semibold">
              {total} {total === 1 ? "commit" : "commits"}
              {behind > 0 && <span className="font-normal text-ink-2"> · {behind} behind</span>}
            </summary>
            <CommitList at={commitsAt} checksAt={at} commits={commits} />
          </details>
          <DiffBar diff={diff} search={search}>
            {diff.files.length > 0 && <Find files={diff.files} onShow={setWanted} />}
          </DiffBar>
          <AnnotationsElsewhere
            more={data.said.more}
            elsewhere={countElsewhere(data.said.items, diff)}
            href={checksHref(at, head.commit)}
          />
          <Diff
            files={diff.files}
            repository={head.repository}
            head={head.commit}
            base={base.commit}
            mode={diffModeOf(search)}
            fileHref={(file) => withParams(search, { file, start: undefined })}
            start={search.get("start") ?? undefined}
            startHref={(start) => withParams(search, { start })}
            wanted={wanted}
            renderPanel={annotatedPanels({
              items: data.said.items,
              runHref: runsOf(at, head.commit),
            })}
          />
          <DiffPages diff={diff} search={search} />
        </>
      )}
    </Content>
  );
}
