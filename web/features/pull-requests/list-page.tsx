import { GitPullRequest, Search } from "lucide-react";
import { useRouter } from "@tanstack/react-router";
import { visit } from "../../app/navigation.ts";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { List } from "../../ui/list.tsx";
import { Content, Panel } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { queryState, readQuery, withState } from "../../../language/query.ts";
import { useFrame } from "../../app/frame.ts";
import { knownOf, ListHead } from "../lists/list-head.tsx";
import { listHref } from "../lists/line.ts";
import { lineOf, usual } from "../lists/usual.ts";
import { QueryBar } from "../lists/query-bar.tsx";
import { SavedQueries } from "../lists/saved.tsx";
import { useSelection } from "../lists/selection.ts";
import { apiOf, newPullHref, pullsHref, type At } from "./hrefs.ts";
import { PullRow } from "./pull-row.tsx";
import type { pullsPage } from "./routes.ts";

export default function PullsPage({ params, search, data }: PageProps<typeof pullsPage>) {
  const { list } = data;
  const here = pullsHref(params);
  const line = lineOf(search);
  const { viewer } = useFrame();
  const selection = useSelection(list.pulls.map((pull) => pull.number));
  const router = useRouter();
  const refused = list.can.open === true ? undefined : list.can.open;
  useShortcut({
    keys: "c",
    label: "New pull request",
    group: "This page",
    enabled: refused === undefined,
    run: () => visit(router, newPullHref(params)),
  });
  return (
    <Content>
      <h1 className="sr-only">Pull requests</h1>
      <div className="mb-3 flex flex-wrap items-start gap-2">
        <QueryBar
          list={here}
          line={line}
          kind="pr"
          label="Filter pull requests"
          known={{ ...knownOf(list.facets), branches: list.branches }}
          problems={list.problems}
        />
        <Button
          variant="primary"
          href={newPullHref(params)}
          keys="c"
          reason={refused}
          icon={<GitPullRequest aria-hidden="true" />}
        >
          New pull request
        </Button>
      </div>
      <SavedQueries
        list={here}
        line={line}
        kind="pr"
        views={list.views}
        can={list.can}
        sound={list.problems.every((one) => one.kept)}
        search={search}
        operations={apiOf(params)}
      />
      <Panel
        head={
          <ListHead
            list={here}
            line={line}
            kind="pr"
            facets={list.facets}
            viewer={viewer?.login}
            counts={list.counts}
            selection={selection}
            lines={list.pulls}
            operations={`${apiOf(params)}/pulls`}
          />
        }
      >
        {list.pulls.length > 0 ? (
          <List label="Pull requests">
            {list.pulls.map((pull) => (
              <PullRow
                key={pull.id}
                at={params}
                pull={pull}
                line={line}
                selection={list.can.triage === true ? selection : undefined}
              />
            ))}
          </List>
        ) : (
          <Nothing at={params} line={line} counts={list.counts} refused={refused} />
        )}
      </Panel>
      <Pagination
        links={list.next === null ? {} : { next: `?${new URLSearchParams({ cursor: list.next })}` }}
        search={search}
      />
    </Content>
  );
}

function Nothing(props: {
  readonly at: At;
  readonly line: string;
  readonly counts: { readonly open: number; readonly closed: number };
  readonly refused: string | undefined;
}) {
  const { at, line, counts, refused } = props;
  const list = pullsHref(at);
  const state = queryState(readQuery(line).terms);
  const other = state === "open" ? "closed" : "open";
  if (withState(line, undefined) !== "") {
    return (
      <EmptyState
        icon={<Search aria-hidden="true" />}
        title="No pull request matches"
        action={
          counts[other] > 0 && state !== undefined ? (
            <Button href={listHref(list, withState(line, other))}>Look at the {other} ones</Button>
          ) : (
            <Button href={list}>Show all open ones</Button>
          )
        }
      >
        Nothing here is <code className="[overflow-wrap:anywhere]">{line}</code>.
      </EmptyState>
    );
  }
  if (counts[other] > 0) {
    return (
      <EmptyState
        icon={<GitPullRequest aria-hidden="true" />}
        title={`Nothing is ${state ?? usual}`}
        action={<Button href={listHref(list, withState(line, other))}>Look at the {other} ones</Button>}
      >
        {state === "open"
          ? "Everything that was proposed is merged or closed."
          : "Nothing has been merged or closed yet."}
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
