import { Activity } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Feed } from "./feed.tsx";
import type { repositoryFeedPage } from "./routes.ts";

export default function RepositoryFeedPage({ data, search }: PageProps<typeof repositoryFeedPage>) {
  const { items, links } = data.feed;
  return (
    <Content className="!max-w-[960px]">
      <PageHead title="Activity" />
      {items.length > 0 ? (
        <div className="border-y border-line">
          <Feed label="Activity" events={items} repositoryKnown />
        </div>
      ) : (
        <EmptyState
          icon={<Activity aria-hidden="true" />}
          title="Nothing has happened in the last ninety days"
        >
          What is pushed, said and merged here will stand on this page.
        </EmptyState>
      )}
      <Pagination links={links} search={search} />
    </Content>
  );
}
