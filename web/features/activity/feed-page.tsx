import { Activity } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Feed } from "./feed.tsx";
import type { feedPage } from "./routes.ts";

export default function FeedPage({ data, search }: PageProps<typeof feedPage>) {
  const { events, next } = data.feed;
  return (
    <Content className="!max-w-[960px]">
      <PageHead title="Activity" about="What happens in the repositories that you watch." />
      {events.length > 0 ? (
        <div className="border-y border-line">
          <Feed label="Activity" events={events} />
        </div>
      ) : (
        <EmptyState
          icon={<Activity aria-hidden="true" />}
          title="Nothing has happened yet"
          action={<Button href="/explore">Explore</Button>}
        >
          Watch a repository, and what is pushed, said and merged there stands on this page.
        </EmptyState>
      )}
      <Pagination
        links={next === null ? {} : { next: `?${new URLSearchParams({ cursor: next })}` }}
        search={search}
      />
    </Content>
  );
}
