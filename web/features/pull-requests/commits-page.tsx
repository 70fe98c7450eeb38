import type { PageProps } from "../../app/page.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { CommitList } from "./commit-list.tsx";
import { PullHead } from "./pull-head.tsx";
import type { pullCommitsPage } from "./routes.ts";

export default function PullCommitsPage({ params, search, data }: PageProps<typeof pullCommitsPage>) {
  const { page } = data;
  const { repository } = page.pull.head.repo ? { repository: page.pull.head.repo } : page;
  return (
    <Content>
      <PullHead at={params} pull={page.pull} search={search} tab="commits" canEdit={page.can.edit} />
      <CommitList
        at={{ owner: repository.owner.login, repo: repository.name }}
        checksAt={{ owner: params.owner, repo: params.repo }}
        commits={page.commits}
      />
      {page.commits.length < page.pull.commits && (
        <p className="px-3 py-3 text-sm text-ink-2">
          The first {page.commits.length} of {page.pull.commits} commits are shown.
        </p>
      )}
    </Content>
  );
}
