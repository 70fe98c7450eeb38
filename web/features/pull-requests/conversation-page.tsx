import { GitPullRequestClosed } from "lucide-react";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import { MarkdownField } from "../../app/markdown-field.tsx";
import type { PageProps } from "../../app/page.tsx";
import { signInHref } from "../../app/site.ts";
import { Button } from "../../ui/button.tsx";
import { FormActions, FormRefusal, Notice } from "../../ui/form.tsx";
import { Columns, Content } from "../../ui/page-frame.tsx";
import { Timeline } from "../../ui/timeline.tsx";
import { withParams } from "../diff/diff-query.ts";
import { ReferenceLine } from "../issues/events.tsx";
import { CommentCard } from "./comment-card.tsx";
import { CommitsEntry } from "./commits-entry.tsx";
import { EventLine } from "./event-line.tsx";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import { MergeBox } from "./merge-box.tsx";
import { Properties } from "./properties.tsx";
import { PullHead } from "./pull-head.tsx";
import type { PullData, TimelineEntry } from "./queries.ts";
import { replyField } from "./quote.ts";
import { ReviewEntry } from "./review-card.tsx";
import type { pullPage } from "./routes.ts";
import { ThreadCard } from "./thread-card.tsx";
import { useOpened, type Opened } from "./use-opened.ts";

export default function ConversationPage({ params, search, data }: PageProps<typeof pullPage>) {
  const { page } = data;
  const { pull, can } = page;
  const edit = useOpened(search);
  const at = { owner: params.owner, repo: params.repo };
  const context = `${at.owner}/${at.repo}`;
  const later = search.get("cursor") !== null;
  const commits = new Map(page.commits.map((commit) => [commit.sha, commit]));
  return (
    <Content>
      <PullHead at={at} pull={pull} search={search} tab="conversation" canEdit={can.edit} />
      <Columns side={<Properties at={at} page={page} search={search} />}>
        <Timeline>
          {later ? (
            <li className="pb-3 text-sm">
              <Button size="sm" href={pullHref(at, pull.number)}>
                Show from the beginning
              </Button>
            </li>
          ) : (
            <CommentCard
              written={{
                anchor: "description",
                user: pull.user,
                body: pull.body ?? "",
                body_html: page.body_html,
                created_at: pull.created_at,
                text: `${apiOf(at)}/issues/${pull.number}`,
                reactions: page.reactions,
                edits: page.edits,
                canReact: can.comment,
                editAction: can.edit === true ? `PATCH ${apiOf(at)}/pulls/${pull.number}` : undefined,
              }}
              context={context}
              edit={edit}
              isAuthor={false}
              did="opened this"
            />
          )}
          {page.timeline.items.map((entry) => (
            <Entry key={keyOf(entry)} at={at} page={page} entry={entry} commits={commits} edit={edit} />
          ))}
        </Timeline>
        {page.timeline.next !== null && (
          <p className="py-3 text-center">
            <Button href={withParams(search, { cursor: page.timeline.next, edit: undefined })}>
              Show what came later
            </Button>
          </p>
        )}
        <MergeBox at={at} page={page} search={search} />
        <Reply at={at} page={page} context={context} />
      </Columns>
    </Content>
  );
}

function keyOf(entry: TimelineEntry): string {
  if ("thread" in entry) return `thread-${entry.thread.id}`;
  if ("source" in entry) return `${entry.source.issue.url}-${entry.created_at}`;
  return `${entry.event}-${entry.id}`;
}

function Entry(props: {
  readonly at: At;
  readonly page: PullData;
  readonly entry: TimelineEntry;
  readonly commits: ReadonlyMap<string, PullData["commits"][number]>;
  readonly edit: Opened;
}) {
  const { at, page, entry, commits, edit } = props;
  const { number, user } = page.pull;
  if ("thread" in entry) {
    return (
      <li className="timeline-item relative py-2">
        <div className="relative z-1">
          <ThreadCard
            at={at}
            number={number}
            thread={entry.thread}
            edit={edit}
            canComment={page.can.comment}
          />
        </div>
      </li>
    );
  }
  if ("threads" in entry) {
    return (
      <ReviewEntry
        at={at}
        number={number}
        review={entry}
        edit={edit}
        isAuthor={entry.user?.id === user?.id}
        canComment={page.can.comment}
      />
    );
  }
  if ("body" in entry) {
    const place = `${apiOf(at)}/issues/comments/${entry.id}`;
    return (
      <CommentCard
        written={{
          ...entry,
          anchor: `issuecomment-${entry.id}`,
          editAction: entry.can.edit === true ? `PATCH ${place}` : undefined,
          deletable: entry.can.delete === true ? place : undefined,
          text: place,
          canReact: page.can.comment,
        }}
        context={`${at.owner}/${at.repo}`}
        edit={edit}
        isAuthor={entry.user?.id === user?.id}
      />
    );
  }
  if ("commits" in entry)
    return <CommitsEntry at={at} commits={entry.commits.flatMap((sha) => commits.get(sha) ?? [])} />;
  if ("source" in entry) return <ReferenceLine entry={entry} />;
  return <EventLine at={at} number={number} happened={entry} />;
}

/** The reply at the end, and closing or opening again. */
function Reply({
  at,
  page,
  context,
}: {
  readonly at: At;
  readonly page: PullData;
  readonly context: string;
}) {
  const { viewer } = useFrame();
  const { pull, can } = page;
  if (!viewer) {
    return (
      <Notice tone="info">
        <a href={signInHref(pullHref(at, pull.number))} className="font-medium underline">
          Sign in
        </a>{" "}
        to take part in the conversation.
      </Notice>
    );
  }
  if (can.comment !== true) return <Notice tone="info">{can.comment}.</Notice>;
  const open = pull.state === "open";
  return (
    <section id={replyField} aria-label="Reply" className="relative mt-2 border-t border-line pt-3">
      <ActionForm
        id="reply"
        action={`POST ${apiOf(at)}/issues/${pull.number}/comments`}
        className="flex flex-col gap-2"
      >
        <MarkdownField
          name="body"
          label="Comment"
          bare
          required
          context={context}
          rows={4}
          draft={`${context}/pull/${pull.number}/reply`}
          placeholder="Say something. Markdown works; @name tells somebody."
        />
        <FormRefusal />
        <div className="flex justify-end">
          <FormActions>
            <Submit variant="secondary">Comment</Submit>
          </FormActions>
        </div>
      </ActionForm>
      {!pull.merged && can.close === true && (
        <div className="absolute bottom-0 left-0">
          <ActionButton
            variant="ghost"
            action={`PATCH ${apiOf(at)}/pulls/${pull.number}`}
            values={{ state: open ? "closed" : "open" }}
            icon={<GitPullRequestClosed aria-hidden="true" className={open ? "text-closed" : "text-open"} />}
          >
            {open ? "Close pull request" : "Open again"}
          </ActionButton>
        </div>
      )}
    </section>
  );
}
