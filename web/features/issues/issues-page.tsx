import { useRouter } from "@tanstack/react-router";
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
import { queryState, readQuery, withState } from "../../../language/query.ts";
import { countOf, type Counts } from "../lists/counts.ts";
import { knownOf, ListHead } from "../lists/list-head.tsx";
import { listHref } from "../lists/line.ts";
import { lineOf, usual } from "../lists/usual.ts";
import { QueryBar } from "../lists/query-bar.tsx";
import { SavedQueries } from "../lists/saved.tsx";
import { useSelection } from "../lists/selection.ts";
import { issuesPath, pageOf, reasonOf, repoPath } from "./at.ts";
import { IssueRow } from "./issue-row.tsx";
import type { issuesPage } from "./routes.ts";

export default function IssuesPage({ params, search, data: { list } }: PageProps<typeof issuesPage>) {
  const router = useRouter();
  const { viewer } = useFrame();
  const here = issuesPath(params);
  const line = lineOf(search);
  const operations = `/repos/${repoPath(params)}`;
  const selection = useSelection(list.issues.map((issue) => issue.number));
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
      <div className="mb-3 flex flex-wrap items-start gap-2">
        <QueryBar
          list={here}
          line={line}
          kind="issue"
          label="Filter issues"
          known={knownOf(list.facets)}
          problems={list.problems}
        />
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
      <SavedQueries
        list={here}
        line={line}
        kind="issue"
        views={list.views}
        can={list.can}
        sound={list.problems.every((one) => one.kept)}
        search={search}
        operations={operations}
      />
      <Panel
        head={
          <ListHead
            list={here}
            line={line}
            kind="issue"
            facets={list.facets}
            viewer={viewer?.login}
            counts={list.counts}
            selection={selection}
            lines={list.issues}
            operations={`${operations}/issues`}
          />
        }
      >
        {list.issues.length === 0 ? (
          <Nothing line={line} counts={list.counts} list={here} add={add} at={params} />
        ) : (
          <List label="Issues">
            {list.issues.map((issue) => (
              <IssueRow
                key={issue.id}
                at={params}
                issue={issue}
                line={line}
                selection={list.can.triage === true ? selection : undefined}
              />
            ))}
          </List>
        )}
      </Panel>
      <Pagination links={links} search={search} />
    </Content>
  );
}

interface NothingProps {
  readonly line: string;
  readonly counts: Counts;
  readonly list: string;
  readonly add: string;
  readonly at: { readonly owner: string; readonly repo: string };
}

function Nothing({ line, counts, list, add, at }: NothingProps) {
  const state = queryState(readQuery(line).terms);
  const other = state === "open" ? "closed" : "open";
  if (withState(line, undefined) !== "") {
    return (
      <EmptyState
        icon={<Search aria-hidden="true" />}
        title="Nothing matches"
        action={
          <>
            {state !== undefined && counts[other] > 0 && (
              <Button href={listHref(list, withState(line, other))}>
                Look at {countOf(counts, other)} {other}
              </Button>
            )}
            <Button href={list}>Clear the filter</Button>
          </>
        }
      >
        No issue is <code className="[overflow-wrap:anywhere]">{line}</code>.
      </EmptyState>
    );
  }
  if (counts.open + counts.closed > 0) {
    return (
      <EmptyState
        icon={<CircleCheck aria-hidden="true" />}
        title={`No ${state ?? usual} issues`}
        action={<Button href={listHref(list, withState(line, other))}>Look at the {other} ones</Button>}
      >
        {state === "open" ? "Everything that was asked for is answered." : "Nothing has been closed yet."}
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
