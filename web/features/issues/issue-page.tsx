import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { Columns, Content } from "../../ui/page-frame.tsx";
import { Timeline } from "../../ui/timeline.tsx";
import { issueQuery, issuesPath, repoPath, type Comment, type TimelineEntry } from "./at.ts";
import { CommentCard } from "./comment-card.tsx";
import { EventLine, grouped, ReferenceLine, type Event } from "./events.tsx";
import { IssueHead } from "./issue-head.tsx";
import { IssueSide } from "./issue-side.tsx";
import { replyField } from "./quote.ts";
import { Reply } from "./reply.tsx";
import type { issuePage } from "./routes.ts";

export default function IssuePage({ params, search, data: { page } }: PageProps<typeof issuePage>) {
  const { issue, timeline, can } = page;
  const list = issuesPath(params);
  const here = `${list}/${params.number}`;
  const repo = `/repos/${repoPath(params)}/issues`;
  const operations = `${repo}/${issue.number}`;
  const continued = search.get("cursor") !== null;
  const common = { context: repoPath(params), here, search };
  useShortcut({
    keys: "r",
    label: "Reply",
    group: "This page",
    run: () => replyField()?.focus(),
    enabled: can.comment === true,
  });

  const entry = ([first, ...rest]: readonly [TimelineEntry, ...TimelineEntry[]]) => {
    if (isComment(first)) {
      return (
        <CommentCard
          key={`comment-${first.id}`}
          {...common}
          id={`issuecomment-${first.id}`}
          author={first.user}
          association={first.author_association}
          createdAt={first.created_at}
          edits={first.edits}
          reactions={first.reactions}
          body={first.body}
          html={first.body_html ?? ""}
          edit={`PATCH ${repo}/comments/${first.id}`}
          remove={`DELETE ${repo}/comments/${first.id}`}
          can={{
            edit: first.can.edit === true,
            delete: first.can.delete === true,
            reply: can.comment === true,
          }}
        />
      );
    }
    if ("source" in first)
      return <ReferenceLine key={`${first.source.issue.url}${first.created_at}`} entry={first} />;
    return <EventLine key={`event-${first.id}`} events={[first, ...(rest as Event[])]} />;
  };

  return (
    <Content>
      <IssueHead
        data={page}
        list={list}
        here={here}
        operations={operations}
        editing={search.get("edit") === "title"}
      />
      <Columns
        side={
          <IssueSide at={params} data={page} query={issueQuery(params, search)} operations={operations} />
        }
      >
        <div className="-mt-2">
          <Timeline>
            {!continued && (
              <CommentCard
                {...common}
                id={`issue-${issue.number}`}
                author={issue.user}
                association={issue.author_association}
                createdAt={issue.created_at}
                edits={page.edits}
                reactions={issue.reactions}
                body={issue.body ?? ""}
                html={issue.body_html ?? ""}
                edit={`PATCH ${operations}`}
                can={{ edit: can.edit === true, delete: false, reply: can.comment === true }}
              />
            )}
            {grouped(timeline.items).map(entry)}
          </Timeline>
        </div>
        {(continued || timeline.next !== null) && (
          <nav aria-label="Conversation" className="my-3 flex justify-center gap-2">
            {continued && (
              <Button size="sm" href={here}>
                From the beginning
              </Button>
            )}
            {timeline.next !== null && (
              <Button size="sm" href={`?${new URLSearchParams({ cursor: timeline.next })}`}>
                Read on
              </Button>
            )}
          </nav>
        )}
        <div className="mt-3">
          <Reply data={page} context={repoPath(params)} here={here} operations={operations} />
        </div>
      </Columns>
    </Content>
  );
}

const isComment = (entry: TimelineEntry): entry is Comment => entry.event === "commented" && "body" in entry;
