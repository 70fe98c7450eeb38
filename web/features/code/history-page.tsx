import type { PageProps } from "../../app/page.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { CommitList } from "./commit-list.tsx";
import { HistoryFilter } from "./history-filter.tsx";
import { codeHref } from "./hrefs.ts";
import { RefSwitcher } from "./ref-switcher.tsx";
import type { defaultHistoryPage, historyPage } from "./routes.ts";

type Props = PageProps<typeof historyPage> | PageProps<typeof defaultHistoryPage>;

export default function HistoryPage({ params, data, search }: Props) {
  const { revision, path, commits, next, file } = data.history;
  const picked = ["author", "since", "until"].some((name) => search.get(name));
  return (
    <Content className="!max-w-[960px]">
      <h1 className="sr-only">Commits</h1>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2">
        <RefSwitcher at={params} revision={revision} href={(ref) => codeHref(params, "commits", ref, path)} />
        {path !== "" && <Breadcrumb at={params} gitRef={revision.name} path={path} />}
      </div>
      <HistoryFilter search={search} here={codeHref(params, "commits", revision.name, path)} />
      {commits.length > 0 ? (
        <CommitList at={params} commits={commits} file={file ? path : undefined} />
      ) : (
        <EmptyState title="No commits">
          {picked
            ? "No commit is like that."
            : `Nothing changed ${path === "" ? "here" : path} up to this commit.`}
        </EmptyState>
      )}
      <Pagination
        links={next === null ? {} : { next: `?cursor=${encodeURIComponent(next)}` }}
        search={search}
      />
    </Content>
  );
}
