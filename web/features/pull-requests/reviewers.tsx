import { CircleDashed, MessageSquare, ShieldCheck, ShieldX } from "lucide-react";
import { useFrame } from "../../app/frame.ts";
import { useSend } from "../../app/send.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Link } from "../../ui/link.tsx";
import { Who } from "./comment-card.tsx";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import { LinkButton } from "./link-button.tsx";
import { SuggestedReviewers } from "./suggested-reviewers.tsx";
import { EditableProperty, None } from "./property-editor.tsx";
import type { PullData } from "./queries.ts";

interface Props {
  readonly at: At;
  readonly page: PullData;
  readonly search: URLSearchParams;
}

/** Who was asked, and what they say by now. */
export function Reviewers({ at, page, search }: Props) {
  const send = useSend();
  const { pull, reviews, choices, can, commits } = page;
  const asked = pull.requested_reviewers.map((person) => person.login);
  const place = `${apiOf(at)}/pulls/${pull.number}/requested_reviewers`;
  const change = async (next: readonly string[]) => {
    const added = next.filter((login) => !asked.includes(login));
    const gone = asked.filter((login) => !next.includes(login));
    if (added.length > 0) await send(`POST ${place}`, { reviewers: added });
    if (gone.length > 0) await send(`DELETE ${place}`, { reviewers: gone });
  };
  const { viewer } = useFrame();
  const mine = reviews.latest.find((review) => review.user?.login === viewer?.login);
  const judged = reviews.latest.filter((review) => !asked.includes(review.user?.login ?? ""));
  return (
    <EditableProperty
      name="reviewers"
      label="Reviewers"
      keys="r"
      multiple
      can={can.triage}
      search={search}
      items={choices.assignees
        .filter((person) => person.id !== pull.user?.id)
        .map((person) => ({
          value: person.login,
          label: person.login,
          icon: <Avatar name={person.login} src={person.avatar_url} size={16} />,
        }))}
      selected={asked}
      form={{ action: `POST ${place}`, field: "reviewers[]" }}
      onChange={(next) => void change(next)}
    >
      <ul className="flex flex-col gap-1.5">
        {judged.map((review) => (
          <li key={review.id} className="flex items-center justify-between gap-2">
            <Who person={review.user} />
            <Verdict state={review.state} counts={review.counts} />
          </li>
        ))}
        {pull.requested_reviewers.map((person) => (
          <li key={person.id} className="flex items-center justify-between gap-2">
            <Who person={person} />
            <CircleDashed role="img" aria-label="Has not reviewed yet" className="text-warning" />
          </li>
        ))}
      </ul>
      {judged.length + asked.length === 0 && <None>Nobody was asked</None>}
      <SuggestedReviewers page={page} search={search} place={place} />
      {mine &&
        mine.commit_id !== pull.head.sha &&
        commits.some((commit) => commit.sha === mine.commit_id) && (
          <Link
            className="mt-2.5 block"
            href={`${pullHref(at, pull.number, "files")}?${new URLSearchParams({ since: mine.commit_id })}`}
          >
            What changed since your review
          </Link>
        )}
      {can.judge === true && pull.state === "open" && (
        <LinkButton className="mt-2.5" href={`${pullHref(at, pull.number, "files")}?review=1`}>
          Review the changes
        </LinkButton>
      )}
    </EditableProperty>
  );
}

function Verdict({ state, counts }: { readonly state: string; readonly counts: boolean }) {
  const weak = counts ? "" : " (does not decide)";
  if (state === "APPROVED")
    return (
      <ShieldCheck
        role="img"
        aria-label={`Approved${weak}`}
        className={counts ? "text-open" : "text-ink-3"}
      />
    );
  if (state === "CHANGES_REQUESTED")
    return (
      <ShieldX
        role="img"
        aria-label={`Asked for changes${weak}`}
        className={counts ? "text-closed" : "text-ink-3"}
      />
    );
  return <MessageSquare role="img" aria-label="Commented" className="text-ink-3" />;
}
