import { GitPullRequest } from "lucide-react";
import { useRouter } from "@tanstack/react-router";
import { visit } from "../../app/navigation.ts";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { List } from "../../ui/list.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { TabLinks } from "../../ui/tabs.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { filterHref, filterOf, writeFilter } from "./filter.ts";
import { newPullHref, type At } from "./hrefs.ts";
import { PullRow } from "./pull-row.tsx";
import type { pullsPage } from "./routes.ts";

export default function PullsPage({ params, search, data }: PageProps<typeof pullsPage>) {
  const { list } = data;
  const filter = filterOf(search);
  const router = useRouter();
  const refused = list.can.open === true ? undefined : list.can.open;
  useShortcut({
    keys: "c",
    label: "New pull request",
    group: "This page",
    enabled: refused === undefined,
    run: () => visit(router, newPullHref(params)),
  });
  const tab = (state: "open" | "closed", label: string) => ({
    href: filterHref({ ...filter, state }),
    label,
    count: list.counts[state],
    current: filter.state === state,
  });
  return (
    <Content>
      <PageHead
        title="Pull requests"
        acts={
          <Button
            variant="primary"
            href={newPullHref(params)}
            keys="c"
            reason={refused}
            icon={<GitPullRequest aria-hidden="true" />}
          >
            New pull request
          </Button>
        }
      />
      <FilterBar filter={filter} facets={list.facets} />
      <TabLinks label="State" tabs={[tab("open", "Open"), tab("closed", "Closed")]} />
      {list.pulls.length > 0 ? (
        <List label="Pull requests" className="border-b border-line">
          {list.pulls.map((pull) => (
            <PullRow key={pull.id} at={params} pull={pull} filter={filter} />
          ))}
        </List>
      ) : (
        <Nothing at={params} asked={writeFilter(filter)} counts={list.counts} refused={refused} />
      )}
      <Pagination
        links={list.next === null ? {} : { next: `?${new URLSearchParams({ cursor: list.next })}` }}
        search={search}
      />
    </Content>
  );
}

function Nothing(props: {
  readonly at: At;
  readonly asked: string;
  readonly counts: { readonly open: number; readonly closed: number };
  readonly refused: string | undefined;
}) {
  const { at, asked, counts, refused } = props;
  if (asked !== "") {
    return (
      <EmptyState title="No pull request matches" action={<Button href="?">Show all open ones</Button>}>
        Nothing here is <code>{asked}</code>.
      </EmptyState>
    );
  }
  if (counts.closed > 0) {
    return (
      <EmptyState
        icon={<GitPullRequest aria-hidden="true" />}
        title="Nothing is open"
        action={
          <Button href={filterHref({ state: "closed", labels: [], text: "" })}>Show closed ones</Button>
        }
      >
        Everything that was proposed is merged or closed.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<GitPullRequest aria-hidden="true" />}
      title="No pull request yet"
      command={"git switch -c my-change\ngit commit -am 'Say what it does'\ngit push -u origin my-change"}
      action={refused === undefined && <Button href={newPullHref(at)}>New pull request</Button>}
    >
      Push a branch, then propose it here: the push answers with the link.
    </EmptyState>
  );
}
