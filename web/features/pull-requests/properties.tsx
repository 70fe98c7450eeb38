import { path } from "../../app/paths.ts";
import { useSend } from "../../app/send.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { LabelChip } from "../../ui/label-chip.tsx";
import { Property } from "../../ui/page-frame.tsx";
import { ActionButton } from "../../app/action-form.tsx";
import { LockControl } from "../issues/lock-control.tsx";
import { Who } from "./comment-card.tsx";
import { LabelDot } from "../issues/label-dot.tsx";
import { labelledHref } from "../lists/usual.ts";
import { apiOf, pullsHref, type At } from "./hrefs.ts";
import { EditableProperty, None } from "./property-editor.tsx";
import type { PullData } from "./queries.ts";
import { Reviewers } from "./reviewers.tsx";

interface Props {
  readonly at: At;
  readonly page: PullData;
  readonly search: URLSearchParams;
}

/** What a pull request is given besides its words, each changed in place. */
export function Properties({ at, page, search }: Props) {
  const send = useSend();
  const { pull, choices, can, participants } = page;
  const issue = `${apiOf(at)}/issues/${pull.number}`;
  const list = (label: string) => labelledHref(pullsHref(at), label);
  return (
    <div className="md:sticky md:top-4">
      <Reviewers at={at} page={page} search={search} />
      <EditableProperty
        name="assignee"
        label="Assignee"
        keys="a"
        can={can.triage}
        search={search}
        items={choices.assignees.map((person) => ({
          value: person.login,
          label: person.login,
          icon: <Avatar name={person.login} src={person.avatar_url} size={16} />,
        }))}
        selected={pull.assignees.map((person) => person.login)}
        form={{ action: `PATCH ${issue}`, field: "assignees[]" }}
        onChange={(assignees) => {
          const same = assignees[0] === pull.assignee?.login;
          void send(`PATCH ${issue}`, { assignees: same ? [] : assignees });
        }}
      >
        {pull.assignee ? <Who person={pull.assignee} /> : <None>Nobody</None>}
      </EditableProperty>
      <EditableProperty
        name="labels"
        label="Labels"
        keys="l"
        multiple
        can={can.triage}
        search={search}
        items={choices.labels.map((label) => ({
          value: label.name,
          label: label.name,
          hint: label.description ?? undefined,
          icon: <LabelDot color={label.color} />,
        }))}
        selected={pull.labels.map((label) => label.name)}
        form={{ action: `PUT ${issue}/labels`, field: "labels[]" }}
        onChange={(labels) => void send(`PUT ${issue}/labels`, { labels })}
      >
        {pull.labels.length > 0 ? (
          <div className="flex flex-wrap gap-1.5">
            {pull.labels.map((label) => (
              <LabelChip key={label.id} {...label} href={list(label.name)} />
            ))}
          </div>
        ) : (
          <None>None</None>
        )}
      </EditableProperty>
      <EditableProperty
        name="milestone"
        label="Milestone"
        keys="m"
        can={can.triage}
        search={search}
        items={[
          { value: "", label: "No milestone" },
          ...choices.milestones.map(({ number, title }) => ({ value: String(number), label: title })),
        ]}
        selected={[String(pull.milestone?.number ?? "")]}
        form={{ action: `PATCH ${issue}`, field: "milestone:number?" }}
        onChange={([number]) => void send(`PATCH ${issue}`, { milestone: number ? Number(number) : null })}
      >
        {pull.milestone ? (
          <a
            href={path`/${at.owner}/${at.repo}/milestone/${pull.milestone.number}`}
            className="font-medium hover:underline"
            dir="auto"
          >
            {pull.milestone.title}
          </a>
        ) : (
          <None>None</None>
        )}
      </EditableProperty>
      <Property name={participants.length === 1 ? "1 person" : `${participants.length} people`}>
        <ul className="flex flex-wrap gap-1">
          {participants.map((person) => (
            <li key={person.id}>
              <a href={path`/${person.login}`} title={person.login} aria-label={person.login}>
                <Avatar name={person.login} src={person.avatar_url} size={24} />
              </a>
            </li>
          ))}
        </ul>
      </Property>
      {can.triage === true && (
        <Property name="Conversation">
          <LockControl locked={pull.locked} operations={issue} />
        </Property>
      )}
      <Acts at={at} page={page} />
    </div>
  );
}

function Acts({ at, page: { pull, can, source } }: Omit<Props, "search">) {
  const allowing = source.can.allow === true && can.edit === true;
  const drafting = can.edit === true && pull.state === "open" && !pull.draft;
  // What the author switched is also told to those it is for.
  const { repo: fork, ref } = pull.head;
  const isFork = fork !== null && fork.id !== pull.base.repo?.id && ref !== fork.default_branch;
  const isHelped = !allowing && pull.state === "open" && pull.maintainer_can_modify && isFork;
  if (!drafting && !allowing && !isHelped) return null;
  return (
    <div className="flex flex-col items-start gap-0.5 py-2 [&_button]:-ml-2 [&_button]:text-ink-2">
      {drafting && (
        <ActionButton
          size="sm"
          variant="ghost"
          action={`PATCH ${apiOf(at)}/pulls/${pull.number}`}
          values={{ draft: true }}
        >
          Make it a draft again
        </ActionButton>
      )}
      {isHelped && <p className="py-1 text-ink-2">People with write access here may push to its branch.</p>}
      {allowing && (
        <ActionButton
          size="sm"
          variant="ghost"
          action={`PATCH ${apiOf(at)}/pulls/${pull.number}`}
          values={{ maintainer_can_modify: !pull.maintainer_can_modify }}
        >
          {pull.maintainer_can_modify
            ? "Keep maintainers from the branch"
            : "Let maintainers push to the branch"}
        </ActionButton>
      )}
    </div>
  );
}
