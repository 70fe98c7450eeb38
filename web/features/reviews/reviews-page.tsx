import { clsx } from "clsx";
import { Check, CircleDashed, GitPullRequestArrow, X } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge, Counter } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { LabelChips } from "../../ui/label-chip.tsx";
import { List, Row } from "../../ui/list.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { TitleText } from "../issues/title-text.tsx";
import type { reviewsPage } from "./routes.ts";

type Inbox = PageProps<typeof reviewsPage>["data"]["inbox"];
type Entry = Inbox["items"][number];

const sections = [
  { name: "your_turn", title: "Your turn", nothing: "Nothing waits for you." },
  { name: "ready", title: "Ready to merge", nothing: "Nothing is ready." },
  { name: "waiting_on_reviewers", title: "Waiting on reviewers", nothing: "Nobody else is asked." },
  { name: "waiting_on_author", title: "Waiting on the author", nothing: "No author is asked." },
] as const;

/** The pull requests that wait for a person or on which they wait, each with the reason. */
export default function ReviewsPage({ data: { inbox } }: PageProps<typeof reviewsPage>) {
  return (
    <Content>
      <PageHead
        title="Reviews"
        about={inbox.items.length > 0 && "Whose turn it is, across all repositories that you can see."}
      />
      {inbox.items.length === 0 ? (
        <Nothing />
      ) : (
        <div className="flex flex-col gap-6">
          {sections.map((section, index) => (
            <Section
              key={section.name}
              {...section}
              // One list a page takes the keys: all rows are marked, so that j and k walk through every section.
              keys={index === 0}
              entries={inbox.items.filter((one) => one.section === section.name)}
            />
          ))}
          {inbox.incomplete && (
            <p className="text-sm text-ink-2">Only the 200 that changed last are shown here.</p>
          )}
        </div>
      )}
    </Content>
  );
}

interface SectionProps {
  readonly title: string;
  readonly nothing: string;
  readonly keys: boolean;
  readonly entries: readonly Entry[];
}

function Section({ title, nothing, keys, entries }: SectionProps) {
  return (
    <section aria-label={title}>
      <h2 className="mb-2 flex items-center gap-2 text-base font-semibold">
        {title}
        <Counter count={entries.length} />
      </h2>
      {entries.length === 0 && <p className="border-y border-line px-3 py-2 text-sm text-ink-3">{nothing}</p>}
      <List
        label={title}
        keys={keys}
        data-rows=""
        className={entries.length === 0 ? "hidden" : "border-y border-line"}
      >
        {entries.map((entry) => (
          <EntryRow key={entry.html_url} entry={entry} />
        ))}
      </List>
    </section>
  );
}

function EntryRow({ entry }: { readonly entry: Entry }) {
  const author = entry.author?.login ?? "ghost";
  return (
    <Row
      href={`/${entry.repository}/pull/${entry.number}`}
      before={<Avatar name={author} src={entry.author?.avatar_url} size={18} />}
      title={<TitleText title={entry.title} />}
      after={
        <>
          <span className="text-sm text-ink-3">
            {entry.repository}#{entry.number}
          </span>
          {entry.draft && <Badge>Draft</Badge>}
          <LabelChips labels={entry.labels} />
        </>
      }
      end={
        <>
          <span
            title={entry.sentence}
            className={clsx(
              "sm:max-w-80 sm:truncate",
              entry.section === "your_turn" && "font-medium text-ink",
            )}
          >
            {entry.sentence}
          </span>
          <Checks state={entry.checks} />
          <span className="text-ink-3 sm:w-24 sm:text-right">
            <RelativeTime at={entry.since} />
          </span>
        </>
      }
    />
  );
}

function Checks({ state }: { readonly state: Entry["checks"] }) {
  switch (state) {
    case "success":
      return <Check role="img" aria-label="Checks passed" className="size-3.5 shrink-0 text-open" />;
    case "failure":
      return <X role="img" aria-label="Checks failed" className="size-3.5 shrink-0 text-closed" />;
    case "pending":
      return (
        <CircleDashed role="img" aria-label="Checks are running" className="size-3.5 shrink-0 text-warning" />
      );
    default:
      return <span className="w-3.5 max-sm:hidden" />;
  }
}

const Nothing = () => (
  <EmptyState
    icon={<GitPullRequestArrow aria-hidden="true" />}
    title="Nothing to review, and nothing of yours under way"
    command={"git switch -c my-change\ngit commit -am 'Say what it does'\ngit push -u origin my-change"}
    action={<Button href="/explore">Find something to look at</Button>}
  >
    When somebody asks for your review, when your pull request gets one, when its checks fail: it stands here,
    with the reason.
  </EmptyState>
);
