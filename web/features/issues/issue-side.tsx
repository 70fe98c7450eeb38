import { Flag } from "lucide-react";
import { path } from "../../app/paths.ts";
import type { ApiQuery } from "../../app/query.ts";
import { useSend } from "../../app/send.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/input.tsx";
import { LabelChip } from "../../ui/label-chip.tsx";
import { Link } from "../../ui/link.tsx";
import { Property } from "../../ui/page-frame.tsx";
import { tip } from "../../ui/tip.ts";
import { MilestoneProgress } from "../milestones/progress.tsx";
import { issuesPath, repoPath, type At, type IssueData, type IssuePageData } from "./at.ts";
import { EditKey, PlainEdit } from "./edit-property.tsx";
import { LabelDot } from "./label-dot.tsx";
import { LockControl } from "./lock-control.tsx";
import { PersonLink } from "./person-link.tsx";
import { labelledHref } from "../lists/usual.ts";

interface Props {
  readonly at: At;
  readonly data: IssuePageData;
  readonly query: ApiQuery<IssuePageData>;
  readonly operations: string;
}

/** What an issue has besides its words, each changed where it stands: by click, or by its key. */
export function IssueSide({ at, data, query, operations }: Props) {
  const send = useSend();
  const { issue, choices, participants, can } = data;
  const mayTriage = can.triage === true;
  const list = issuesPath(at);
  const set = (change: Partial<IssueData>) => ({
    optimistic: {
      query,
      change: (before: IssuePageData) => ({ ...before, issue: { ...before.issue, ...change } }),
    },
  });
  const assign = ([login = ""]: readonly string[]) => {
    const assignee = choices.assignees.find((one) => one.login === login) ?? null;
    void send(`PATCH ${operations}`, { assignees: login === "" ? [] : [login] }, set({ assignee }));
  };
  const label = (names: readonly string[]) =>
    void send(
      `PUT ${operations}/labels`,
      { labels: [...names] },
      set({ labels: choices.labels.filter((one) => names.includes(one.name)) }),
    );
  const plan = ([number = ""]: readonly string[]) => {
    const milestone = choices.milestones.find((one) => String(one.number) === number) ?? null;
    void send(`PATCH ${operations}`, { milestone: milestone?.number ?? null }, set({ milestone }));
  };
  const nobody = { value: "", label: "Nobody" };
  return (
    <>
      <Property
        name="Assignee"
        edit={
          mayTriage && (
            <EditKey
              label="Assignees"
              keys="a"
              items={[
                nobody,
                ...choices.assignees.map((person) => ({
                  value: person.login,
                  label: person.login,
                  icon: <Avatar name={person.login} src={person.avatar_url} size={16} />,
                })),
              ]}
              selected={[issue.assignee?.login ?? ""]}
              onChange={assign}
            />
          )
        }
      >
        {issue.assignee ? <PersonLink {...issue.assignee} /> : <span className="text-ink-3">Nobody</span>}
        {mayTriage && (
          <PlainEdit action={`PATCH ${operations}`}>
            <Field name="assignees[]" label="Assignee" bare>
              <Select small defaultValue={issue.assignee?.login ?? ""}>
                <option value="">Nobody</option>
                {choices.assignees.map((person) => (
                  <option key={person.login}>{person.login}</option>
                ))}
              </Select>
            </Field>
          </PlainEdit>
        )}
      </Property>

      <Property
        name="Labels"
        edit={
          mayTriage && (
            <EditKey
              label="Labels"
              keys="l"
              multiple
              items={choices.labels.map((one) => ({
                value: one.name,
                label: one.name,
                hint: one.description ?? undefined,
                icon: <LabelDot color={one.color} />,
              }))}
              selected={issue.labels.map((one) => one.name)}
              onChange={label}
              footer={<Link href={`/${repoPath(at)}/labels`}>Manage labels</Link>}
            />
          )
        }
      >
        {issue.labels.length === 0 ? (
          <span className="text-ink-3">None</span>
        ) : (
          <div className="flex flex-wrap gap-1">
            {issue.labels.map((one) => (
              <LabelChip key={one.id} {...one} href={labelledHref(list, one.name)} />
            ))}
          </div>
        )}
        {mayTriage && (
          <PlainEdit action={`PUT ${operations}/labels`}>
            <input type="hidden" name="labels[]" value="" />
            {choices.labels.map((one) => (
              <Checkbox
                key={one.id}
                name="labels[]"
                value={one.name}
                defaultChecked={issue.labels.some(({ id }) => id === one.id)}
                label={<LabelChip {...one} />}
              />
            ))}
          </PlainEdit>
        )}
      </Property>

      <Property
        name="Milestone"
        edit={
          mayTriage && (
            <EditKey
              label="Milestones"
              keys="m"
              items={[
                { value: "", label: "No milestone" },
                ...choices.milestones.map(({ number, title }) => ({
                  value: String(number),
                  label: title,
                  icon: <Flag aria-hidden="true" />,
                })),
              ]}
              selected={[String(issue.milestone?.number ?? "")]}
              onChange={plan}
              footer={<Link href={`/${repoPath(at)}/milestones`}>Manage milestones</Link>}
            />
          )
        }
      >
        {issue.milestone ? (
          <Link
            look="plain"
            href={path`/${at.owner}/${at.repo}/milestone/${issue.milestone.number}`}
            className="block"
          >
            <span className="mb-1.5 block font-medium" dir="auto">
              {issue.milestone.title}
            </span>
            <MilestoneProgress milestone={issue.milestone} />
          </Link>
        ) : (
          <span className="text-ink-3">None</span>
        )}
        {mayTriage && (
          <PlainEdit action={`PATCH ${operations}`}>
            <Field name="milestone:number?" label="Milestone" bare>
              <Select small defaultValue={issue.milestone?.number ?? ""}>
                <option value="">None</option>
                {choices.milestones.map(({ number, title }) => (
                  <option key={number} value={number}>
                    {title}
                  </option>
                ))}
              </Select>
            </Field>
          </PlainEdit>
        )}
      </Property>

      <Property name={participants.length === 1 ? "1 participant" : `${participants.length} participants`}>
        <ul className="flex flex-wrap gap-1.5">
          {participants.map((person) => (
            <li key={person.login}>
              <a
                href={path`/${person.login}`}
                aria-label={person.login}
                className="block rounded-full"
                {...tip(person.login)}
              >
                <Avatar name={person.login} src={person.avatar_url} size={24} />
              </a>
            </li>
          ))}
        </ul>
      </Property>

      {mayTriage && (
        <Property name="Conversation">
          <LockControl locked={issue.locked} operations={operations} />
        </Property>
      )}
    </>
  );
}
