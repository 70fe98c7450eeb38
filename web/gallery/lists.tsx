import { CircleDot, Code, GitPullRequest, MessageSquare, Search, Settings } from "lucide-react";
import { Avatar } from "../ui/avatar.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { LabelChip } from "../ui/label-chip.tsx";
import { List, Row } from "../ui/list.tsx";
import { Columns, Panel, Property } from "../ui/page-frame.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { StateIcon, type State } from "../ui/state-badge.tsx";
import { Table, Td, Th } from "../ui/table.tsx";
import { TabPanels } from "../ui/tab-panels.tsx";
import { TabLinks } from "../ui/tabs.tsx";
import { Group } from "./specimen.tsx";

const rows: readonly (readonly [State, string, string])[] = [
  ["issue-open", "Push of 10,000 refs times out behind a slow proxy", "2026-11-20T09:12:00Z"],
  ["issue-done", "הודעות בעברית נשברות בכותרת של הבקשה", "2026-11-01T09:12:00Z"],
  ["pull-merged", "Answer ls-refs from a cache", "2026-10-11T09:12:00Z"],
  ["pull-draft", "A-title-with-one-word-that-never-ends-".repeat(5), "2025-01-20T09:12:00Z"],
  [
    "issue-dropped",
    "Support every version control system there has ever been, all at once, in the browser, without a server, today",
    "2024-11-20T09:12:00Z",
  ],
];

export function Lists() {
  return (
    <Group title="Lists">
      <TabLinks
        label="Repository"
        tabs={[
          { href: "#lists", label: "Code", icon: <Code />, current: true },
          { href: "#issues", label: "Issues", icon: <CircleDot />, count: 12, current: false, keys: "g i" },
          { href: "#pulls", label: "Pull requests", icon: <GitPullRequest />, count: 3, current: false },
          { href: "#settings", label: "Settings", icon: <Settings />, current: false },
        ]}
      />
      <Panel head={<span className="font-medium">12 open</span>}>
        <List label="Issues">
          {rows.map(([state, title, at]) => (
            <Row
              key={title}
              href="/_gallery#lists"
              before={
                <>
                  <input type="checkbox" className="tick target" aria-label={`Select ${title}`} />
                  <StateIcon state={state} />
                </>
              }
              title={title}
              after={<LabelChip name="bug" color="d73a4a" href="#lists" />}
              end={
                <>
                  <span className="inline-flex items-center gap-1">
                    <MessageSquare aria-hidden="true" className="size-3.5" />4
                  </span>
                  <Avatar name={title} size={18} />
                  <RelativeTime at={at} />
                </>
              }
            />
          ))}
        </List>
      </Panel>
      <Pagination links={{ next: "?cursor=abc" }} search={new URLSearchParams("state=open")} />
      <Columns
        side={
          <>
            <Property name="Assignees">Nobody yet</Property>
            <Property name="Labels">
              <LabelChip name="enhancement" color="a2eeef" />
            </Property>
            <Property name="Milestone">None</Property>
          </>
        }
      >
        <Table label="Tokens">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>Scopes</Th>
              <Th>Last used</Th>
              <Th className="text-right">Requests</Th>
            </tr>
          </thead>
          <tbody>
            {["laptop", "ci", "backup"].map((name, index) => (
              <tr key={name}>
                <Td className="font-medium">{name}</Td>
                <Td>repo, read:org</Td>
                <Td>
                  <RelativeTime at="2026-11-21T08:00:00Z" />
                </Td>
                <Td numeric>{1234 * (index + 1)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
        <div className="mt-6">
          <TabPanels
            label="Comment"
            panels={[
              {
                value: "write",
                label: "Write",
                panel: <textarea aria-label="Comment" className="control" rows={3} />,
              },
              { value: "preview", label: "Preview", panel: "Nothing to preview." },
            ]}
          />
        </div>
      </Columns>
      <Panel>
        <EmptyState
          icon={<Search />}
          title="This repository is empty"
          command={"git remote add origin http://localhost:3000/alice/demo.git\ngit push -u origin main"}
        >
          Push a branch and its files appear here.
        </EmptyState>
      </Panel>
      <Panel className="p-3">
        <Skeleton lines={4} />
      </Panel>
    </Group>
  );
}
