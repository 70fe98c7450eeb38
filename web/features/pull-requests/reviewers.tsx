import {
  CircleDashed,
  MessageSquare,
  RotateCw,
  ShieldCheck,
  ShieldOff,
  ShieldX,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { ActionForm } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import { useSend } from "../../app/send.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Link } from "../../ui/link.tsx";
import { Who } from "./comment-card.tsx";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { SuggestedReviewers } from "./suggested-reviewers.tsx";
import { EditableProperty, None } from "./property-editor.tsx";
import type { PullData } from "./queries.ts";
import { TeamName } from "./team-name.tsx";

interface Props {
  readonly at: At;
  readonly page: PullData;
  readonly search: URLSearchParams;
}

type Reviews = PullData["reviews"];

/** Who was asked, and what they say by now, each with the reason why it matters. */
export function Reviewers({ at, page, search }: Props) {
  const send = useSend();
  const { pull, reviews, choices, can, commits } = page;
  const nameOf = ({ user, team }: Reviews["asked"][number]) =>
    team ? `${at.owner}/${team.slug}` : (user?.login ?? "");
  const asked = reviews.asked.map(nameOf);
  const place = `${apiOf(at)}/pulls/${pull.number}/requested_reviewers`;
  const change = async (next: readonly string[]) => {
    const added = next.filter((name) => !asked.includes(name));
    const gone = asked.filter((name) => !next.includes(name));
    if (added.length > 0) await send(`POST ${place}`, { reviewers: added });
    if (gone.length > 0) await send(`DELETE ${place}`, { reviewers: gone });
  };
  const { viewer } = useFrame();
  const mine = reviews.latest.find((review) => review.user?.login === viewer?.login);
  const judged = reviews.latest.filter((review) => !asked.includes(review.user?.login ?? ""));
  const again = can.triage === true && pull.state === "open";
  return (
    <EditableProperty
      name="reviewers"
      label="Reviewers"
      keys="r"
      multiple
      can={can.triage}
      search={search}
      items={[
        ...reviews.teams.map((team) => ({
          value: `${at.owner}/${team.slug}`,
          label: `${at.owner}/${team.name}`,
          hint: team.description ?? undefined,
          icon: <UsersRound aria-hidden="true" className="size-4 text-ink-2" />,
        })),
        ...choices.assignees
          .filter((person) => person.id !== pull.user?.id)
          .map((person) => ({
            value: person.login,
            label: person.login,
            icon: <Avatar name={person.login} src={person.avatar_url} size={16} />,
          })),
      ]}
      selected={asked}
      form={{ action: `POST ${place}`, field: "reviewers[]" }}
      onChange={(next) => void change(next)}
    >
      <ul className="flex flex-col gap-2">
        {judged.map((review) => (
          <Line
            key={review.id}
            who={<Who person={review.user} />}
            reason={saidBy(review)}
            act={
              again &&
              review.user && (
                <ActionForm
                  className="contents"
                  action={`POST ${place}`}
                  values={{ reviewers: [review.user.login] }}
                >
                  <IconButton
                    type="submit"
                    size="sm"
                    label={`Ask ${review.user.login} again`}
                    icon={<RotateCw />}
                  />
                </ActionForm>
              )
            }
            state={<Verdict state={review.state} strong={review.counts} />}
          />
        ))}
        {reviews.asked.map((one) => (
          <Line
            key={nameOf(one)}
            who={
              one.team ? (
                <span className="inline-flex items-center gap-1.5 font-medium">
                  <UsersRound aria-hidden="true" className="size-4.5 text-ink-2" />
                  <TeamName team={one.team} seen={one.team_seen} />
                </span>
              ) : (
                <Who person={one.user} />
              )
            }
            reason={["Was asked", ownerOf(one.owns)].filter((part) => part !== "").join(" · ")}
            state={<CircleDashed role="img" aria-label="Has not reviewed yet" className="text-warning" />}
          />
        ))}
      </ul>
      {judged.length + asked.length === 0 && <None>Nobody was asked</None>}
      <SuggestedReviewers page={page} search={search} place={place} />
      {mine && !mine.of_change && commits.some((commit) => commit.sha === mine.commit_id) && (
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

function Line(props: {
  readonly who: ReactNode;
  readonly reason: string;
  readonly state: ReactNode;
  readonly act?: ReactNode;
}) {
  return (
    <li className="flex items-start justify-between gap-2">
      <div className="min-w-0">
        {props.who}
        <p className="pl-6 text-xs text-ink-3">{props.reason}</p>
      </div>
      <span className="flex h-5 shrink-0 items-center gap-1.5">
        {props.act}
        {props.state}
      </span>
    </li>
  );
}

const ownerOf = (files: number): string =>
  files === 0 ? "" : `owns ${files === 1 ? "1 changed file" : `${files} changed files`}`;

const words: Readonly<Record<Reviews["latest"][number]["state"], string>> = {
  APPROVED: "Approved",
  CHANGES_REQUESTED: "Asked for changes",
  COMMENTED: "Commented",
  DISMISSED: "Was dismissed",
  PENDING: "Is reviewing",
};

/** What somebody said, and what takes weight from it. */
function saidBy({ state, counts, of_change: ofChange, owns }: Reviews["latest"][number]): string {
  const decides = state === "APPROVED" || state === "CHANGES_REQUESTED";
  const word = words[state];
  return [
    ofChange || state === "DISMISSED" ? word : `${word} before the last change`,
    decides && !counts ? "cannot decide" : ownerOf(owns),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function Verdict({ state, strong }: { readonly state: string; readonly strong: boolean }) {
  const [Icon, label, ink] =
    state === "APPROVED"
      ? ([ShieldCheck, "Approved", "text-open"] as const)
      : state === "CHANGES_REQUESTED"
        ? ([ShieldX, "Asked for changes", "text-closed"] as const)
        : state === "DISMISSED"
          ? ([ShieldOff, "Dismissed", "text-ink-3"] as const)
          : ([MessageSquare, "Commented", "text-ink-3"] as const);
  return <Icon role="img" aria-label={label} className={strong ? ink : "text-ink-3"} />;
}
