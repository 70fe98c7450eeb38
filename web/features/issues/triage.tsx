import { useState } from "react";
import { Settings2 } from "lucide-react";
import { Checkbox } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/input.tsx";
import { LabelChip } from "../../ui/label-chip.tsx";
import { Property } from "../../ui/page-frame.tsx";
import { Picker } from "../../ui/picker.tsx";
import type { Choices } from "./at.ts";
import { LabelDot } from "./label-dot.tsx";

/** What writers say about a new issue or pull request besides its text: fields of the form around it. */
export function Triage({ labels, assignees, milestones }: Choices) {
  return (
    <>
      <Property name="Assignee">
        <Field name="assignees[]" label="Assignee" bare>
          <Select small defaultValue="">
            <option value="">Nobody</option>
            {assignees.map((person) => (
              <option key={person.login}>{person.login}</option>
            ))}
          </Select>
        </Field>
      </Property>
      <NewLabels labels={labels} />
      <Property name="Milestone">
        <Field name="milestone:number?" label="Milestone" bare>
          <Select small defaultValue="">
            <option value="">None</option>
            {milestones.map(({ number, title }) => (
              <option key={number} value={number}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
      </Property>
    </>
  );
}

function NewLabels({ labels }: Pick<Choices, "labels">) {
  const [picked, setPicked] = useState<readonly string[]>([]);
  return (
    <Property
      name="Labels"
      edit={
        <span className="js-only">
          <Picker
            label="Labels"
            multiple
            align="end"
            items={labels.map((label) => ({
              value: label.name,
              label: label.name,
              hint: label.description ?? undefined,
              icon: <LabelDot color={label.color} />,
            }))}
            selected={picked}
            onChange={setPicked}
          >
            <IconButton label="Choose labels" size="sm" icon={<Settings2 aria-hidden="true" />} />
          </Picker>
        </span>
      }
    >
      <div className="hidden flex-wrap gap-1 js:flex">
        {picked.length === 0 && <span className="text-ink-3">None</span>}
        {labels
          .filter((label) => picked.includes(label.name))
          .map((label) => (
            <span key={label.name}>
              <input type="hidden" name="labels[]" value={label.name} />
              <LabelChip {...label} />
            </span>
          ))}
      </div>
      <div className="flex flex-col gap-1.5 js:hidden">
        {labels.map((label) => (
          <Checkbox key={label.name} name="labels[]" value={label.name} label={<LabelChip {...label} />} />
        ))}
      </div>
    </Property>
  );
}
