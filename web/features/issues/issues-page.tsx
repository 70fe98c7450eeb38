import { useRouter } from "@tanstack/react-router";
import { clsx } from "clsx";
import { CircleCheck, CircleDot, Flag, Plus, Search, Tag } from "lucide-react";
import { useFrame } from "../../app/frame.ts";
import { visit } from "../../app/navigation.ts";
import type { PageProps } from "../../app/page.tsx";
import { signInHref } from "../../app/site.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { List } from "../../ui/list.tsx";
import { Content, Panel } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { issuesPath, pageOf, reasonOf, repoPath } from "./at.ts";
import { FilterPickers, QueryField } from "./filters.tsx";
import { IssueRow } from "./issue-row.tsx";
import { isNarrowed, listHref, queryOf, type IssueQuery } from "./query.ts";
import type { issuesPage } from "./routes.ts";

export default function IssuesPage({ params, search, data: { list } }: PageProps<typeof issuesPage>) {
  const router = useRouter();
  const { viewer } = useFrame();
  const here = issuesPath(params);
  const query = queryOf(search);
  const page = pageOf(search);
  const add = viewer ? `${here}/new` : signInHref(`${here}/new`);
  useShortcut({ keys: "c", label: "New issue", group: "This page", run: () => visit(router, add) });
  const links = {
    ...(page > 1 ? { prev: page === 2 ? "?" : `?page=${page - 1}` } : {}),
    ...(list.next === null ? {} : { next: `?page=${page + 1}` }),
  };
  return (
    <Content>
      <h1 className="sr-only">Issues</h1>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <QueryField list={here} query={query} />
        <Button icon={<Tag aria-hidden="true" />} href={`/${repoPath(params)}/labels`}>
          Labels
        </Button>
        <Button icon={<Flag aria-hidden="true" />} href={`/${repoPath(params)}/milestones`}>
          Milestones
        </Button>
        <Button
          variant="primary"
          icon={<Plus aria-hidden="true" />}
          href={add}
          keys="c"
          reason={viewer ? reasonOf(list.can.open) : undefined}
        >
          New issue
        </Button>
      </div>
      <Panel
        head={
          <div className="flex grow flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <States list={here} query={query} counts={list.counts} />
            <FilterPickers list={here} query={query} facets={list.facets} viewer={viewer?.login} />
          </div>
        }
      >
        {list.issues.length === 0 ? (
          <Nothing query={query} counts={list.counts} list={here} add={add} at={params} />
        ) : (
          <List label="Issues">
            {list.issues.map((issue) => (
              <IssueRow key={issue.id} at={params} issue={issue} query={query} />
            ))}
          </List>
        )}
      </Panel>
      <Pagination links={links} search={search} />
    </Content>
  );
}

interface Counted {
  readonly list: string;
  readonly query: IssueQuery;
  readonly counts: { readonly open: number; readonly closed: number };
}

function States({ list, query, counts }: Counted) {
  const states = [
    { state: "open", word: "Open", icon: CircleDot, count: counts.open },
    { state: "closed", word: "Closed", icon: CircleCheck, count: counts.closed },
  ] as const;
  return (
    <nav aria-label="State" className="flex gap-3">
      {states.map(({ state, word, icon: Icon, count }) => (
        <a
          key={state}
          href={listHref(list, { ...query, state })}
          aria-current={query.state === state ? "true" : undefined}
          className={clsx(
            "inline-flex min-h-6 items-center gap-1.5 rounded-sm",
            query.state === state ? "font-medium text-ink" : "text-ink-2 hover:text-ink",
          )}
        >
          <Icon aria-hidden="true" className={query.state === state ? "text-open" : "text-ink-3"} />
          <span className="tabular">{count.toLocaleString("en")}</span> {word}
        </a>
      ))}
    </nav>
  );
}

function Nothing({
  query,
  counts,
  list,
  add,
  at,
}: Counted & { readonly add: string; readonly at: { readonly owner: string; readonly repo: string } }) {
  const other = query.state === "open" ? "closed" : "open";
  if (isNarrowed(query)) {
    return (
      <EmptyState
        icon={<Search aria-hidden="true" />}
        title="Nothing matches"
        action={
          <>
            {query.state !== "all" && counts[other] > 0 && (
              <Button href={listHref(list, { ...query, state: other })}>
                Look at {counts[other]} {other}
              </Button>
            )}
            <Button href={list}>Clear the filter</Button>
          </>
        }
      >
        No {query.state === "all" ? "" : query.state} issue has all of this.
      </EmptyState>
    );
  }
  if (counts.open + counts.closed > 0) {
    return (
      <EmptyState
        icon={<CircleCheck aria-hidden="true" />}
        title={`No ${query.state} issues`}
        action={<Button href={listHref(list, { ...query, state: other })}>Look at the {other} ones</Button>}
      >
        {query.state === "open"
          ? "Everything that was asked for is answered."
          : "Nothing has been closed yet."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<CircleDot aria-hidden="true" />}
      title="No issues yet"
      command={`gh issue create --repo ${at.owner}/${at.repo} --title "What is wrong"`}
      action={
        <Button href={add} icon={<Plus aria-hidden="true" />}>
          New issue
        </Button>
      }
    >
      An issue is a bug, a wish or a question. It is discussed here and closed by a commit that says “Fixes
      #1”.
    </EmptyState>
  );
}
