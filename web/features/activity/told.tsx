import {
  BookMarked,
  CircleCheck,
  CircleDot,
  GitBranch,
  GitCommitHorizontal,
  GitFork,
  GitMerge,
  GitPullRequest,
  GitPullRequestClosed,
  Globe,
  MessageSquare,
  ShieldCheck,
  ShieldX,
  Star,
  Tag,
  Trash2,
  type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import { deep, path } from "../../app/paths.ts";
import { Link } from "../../ui/link.tsx";
import { TitleText } from "../issues/title-text.tsx";
import type { Event } from "./queries.ts";

/** How an event is told: its icon, what was done, and some words of it. */
export interface Told {
  readonly icon: LucideIcon;
  readonly ink?: string;
  readonly words: ReactNode;
  /** What leads from the words to the repository's name; `in` when not said. */
  readonly joint?: string;
  /** What was written, in short. */
  readonly said?: string | undefined;
  /** The commits of a push. */
  readonly commits?: NonNullable<Event["payload"]["commits"]>;
}

/** The address of something's own page on this site, whatever host its own address names. */
const here = (address: string): string => {
  const url = new URL(address);
  return url.pathname + url.hash;
};

function Thing({
  of: { number, title, html_url: address },
}: {
  readonly of: { readonly number: number; readonly title: string; readonly html_url: string };
}) {
  return (
    <Link look="plain" href={here(address)} className="font-medium text-ink">
      <bdi>
        <TitleText title={title} />
      </bdi>{" "}
      <span className="font-normal text-ink-3">#{number}</span>
    </Link>
  );
}

const Ref = ({ event, name }: { readonly event: Event; readonly name: string }) => (
  <Link
    look="plain"
    href={`/${event.repo.name}/tree/${deep(name).encoded}`}
    className="font-mono text-code text-ink"
  >
    {name}
  </Link>
);

const code = (name: string) => <code className="text-code text-ink">{name}</code>;
const branchOf = (ref: string | null | undefined): string =>
  (ref ?? "").replace(/^refs\/(?:heads|tags)\//, "");

/** Tells an event in words. */
export function told(event: Event): Told {
  const { type, payload } = event;
  const { issue, pull_request: pull, comment, review, forkee } = payload;
  switch (type) {
    case "PushEvent": {
      const count = payload.size ?? 0;
      return {
        icon: GitCommitHorizontal,
        words: (
          <>
            pushed {count === 0 ? "" : `${count} ${count === 1 ? "commit" : "commits"} `}to{" "}
            <Ref event={event} name={branchOf(payload.ref)} />
          </>
        ),
        commits: payload.commits ?? [],
      };
    }
    case "CreateEvent":
      if (payload.ref_type === "repository")
        return { icon: BookMarked, words: "made the repository", joint: "" };
      return {
        icon: payload.ref_type === "tag" ? Tag : GitBranch,
        words: (
          <>
            made the {payload.ref_type} <Ref event={event} name={payload.ref ?? ""} />
          </>
        ),
      };
    case "DeleteEvent":
      return {
        icon: Trash2,
        words: (
          <>
            deleted the {payload.ref_type} {code(payload.ref ?? "")}
          </>
        ),
      };
    case "ForkEvent":
      return {
        icon: GitFork,
        words: forkee ? (
          <>
            made the fork{" "}
            <Link
              look="plain"
              href={path`/${forkee.owner.login}/${forkee.name}`}
              className="font-medium text-ink"
            >
              {forkee.full_name}
            </Link>
          </>
        ) : (
          "made a fork"
        ),
        joint: "of",
      };
    case "WatchEvent":
      return { icon: Star, words: "gave a star", joint: "to" };
    case "PublicEvent":
      return { icon: Globe, words: "published the repository", joint: "" };
    case "IssuesEvent":
      return {
        icon: payload.action === "closed" ? CircleCheck : CircleDot,
        ink: payload.action === "closed" ? "text-merged" : "text-open",
        words: (
          <>
            {deed(payload.action)} the issue {issue && <Thing of={issue} />}
          </>
        ),
      };
    case "IssueCommentEvent":
      return {
        icon: MessageSquare,
        words: <>wrote about {issue && comment && <Thing of={{ ...issue, html_url: comment.html_url }} />}</>,
        said: comment?.body,
      };
    case "PullRequestReviewCommentEvent":
      return {
        icon: MessageSquare,
        words: (
          <>
            wrote about {code(comment?.path ?? "")} in{" "}
            {pull && comment && <Thing of={{ ...pull, html_url: comment.html_url }} />}
          </>
        ),
        said: comment?.body,
      };
    case "PullRequestReviewEvent": {
      const [icon, ink, deedDone] = verdict(review?.state);
      return {
        icon,
        ink,
        words: (
          <>
            {deedDone} {pull && review && <Thing of={{ ...pull, html_url: review.html_url }} />}
          </>
        ),
        said: review?.body,
      };
    }
    case "PullRequestEvent":
      return {
        icon:
          payload.action === "merged"
            ? GitMerge
            : payload.action === "closed"
              ? GitPullRequestClosed
              : GitPullRequest,
        ink:
          payload.action === "merged"
            ? "text-merged"
            : payload.action === "closed"
              ? "text-closed"
              : "text-open",
        words: (
          <>
            {deed(payload.action)} {pull && <Thing of={pull} />}
          </>
        ),
      };
  }
}

const deed = (action: string | undefined): string =>
  action === "reopened" ? "opened again" : (action ?? "changed");

function verdict(state: string | undefined): readonly [LucideIcon, string, string] {
  if (state === "approved") return [ShieldCheck, "text-open", "approved"];
  if (state === "changes_requested") return [ShieldX, "text-closed", "asked for changes in"];
  return [MessageSquare, "", "reviewed"];
}
