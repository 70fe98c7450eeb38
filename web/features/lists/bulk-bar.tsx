import { ChevronDown, CircleCheck, CircleDot, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useSend } from "../../app/send.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { Picker } from "../../ui/picker.tsx";
import { toast } from "../../ui/toast.ts";
import type { Choices } from "../issues/at.ts";
import { LabelDot } from "../issues/label-dot.tsx";
import type { Selection } from "./selection.ts";

interface Line {
  readonly number: number;
  readonly state: string;
  readonly labels: readonly { readonly name: string }[];
}

interface Props {
  /** `/repos/alice/demo/issues` or `…/pulls`. */
  readonly operations: string;
  readonly lines: readonly Line[];
  readonly selection: Selection;
  readonly facets: Choices;
}

interface Change {
  readonly state?: "open" | "closed";
  readonly add_labels?: string[];
  readonly remove_labels?: string[];
  readonly assignee?: string | null;
  readonly milestone?: number | null;
}

/** What can be done with all ticked rows at once: one act, all or none, with a way back. */
export function BulkBar({ operations, lines, selection, facets }: Props) {
  const send = useSend();
  const [pending, setPending] = useState(false);
  const { numbers } = selection;
  const chosen = lines.filter((line) => numbers.includes(line.number));
  const carried = facets.labels
    .map((label) => label.name)
    .filter((name) => chosen.every((line) => line.labels.some((one) => one.name === name)));

  const ask = (changes: readonly object[]) => send(`PATCH ${operations}`, { changes: changes as never });
  const apply = async (change: Change, said: string): Promise<void> => {
    setPending(true);
    const answer = await ask([{ numbers: [...numbers], ...change }]);
    setPending(false);
    if (!answer) return;
    const { changed, undo } = answer.data as { changed: number[]; undo: object[] };
    const count = `${changed.length} of ${numbers.length}`;
    toast({
      title: changed.length === 0 ? "Nothing to change" : `${said} (${count})`,
      ...(changed.length === 0
        ? {}
        : {
            undo: async () => {
              if (await ask(undo)) toast({ title: "Taken back" });
            },
          }),
    });
  };
  const states = new Set(chosen.map((line) => line.state));

  useShortcut({ keys: "esc", label: "Untick all rows", group: "List", run: () => selection.set([]) });
  return (
    <div
      role="toolbar"
      aria-label="Ticked rows"
      className="flex min-h-8 grow flex-wrap items-center gap-1.5"
      aria-busy={pending}
    >
      <span className="mr-1 font-medium">
        <span className="tabular">{numbers.length}</span> selected
      </span>
      <Act
        label="Labels"
        multiple
        items={facets.labels.map((label) => ({
          value: label.name,
          label: label.name,
          icon: <LabelDot color={label.color} />,
        }))}
        selected={carried}
        onChange={(now) => {
          const adds = now.filter((name) => !carried.includes(name));
          const removes = carried.filter((name) => !now.includes(name));
          if (adds.length > 0) void apply({ add_labels: adds }, `Labelled ${adds.join(", ")}`);
          if (removes.length > 0) void apply({ remove_labels: removes }, `Took off ${removes.join(", ")}`);
        }}
      >
        Label
      </Act>
      <Act
        label="Assignee"
        items={[
          { value: "", label: "Nobody" },
          ...facets.assignees.map((person) => ({
            value: person.login,
            label: person.login,
            icon: <Avatar name={person.login} src={person.avatar_url} size={16} />,
          })),
        ]}
        selected={[]}
        onChange={([login]) =>
          void apply(
            { assignee: login === undefined || login === "" ? null : login },
            login === undefined || login === "" ? "Assigned to nobody" : `Assigned to ${login}`,
          )
        }
      >
        Assignee
      </Act>
      <Act
        label="Milestone"
        items={[
          { value: "", label: "No milestone" },
          ...facets.milestones.map(({ number, title }) => ({ value: String(number), label: title })),
        ]}
        selected={[]}
        onChange={([value]) =>
          void apply(
            { milestone: value === undefined || value === "" ? null : Number(value) },
            value === undefined || value === "" ? "Taken out of milestones" : "Milestone set",
          )
        }
      >
        Milestone
      </Act>
      {states.has("open") && (
        <Button
          size="sm"
          icon={<CircleCheck aria-hidden="true" />}
          onClick={() => void apply({ state: "closed" }, "Closed")}
        >
          Close
        </Button>
      )}
      {states.has("closed") && (
        <Button
          size="sm"
          icon={<CircleDot aria-hidden="true" />}
          onClick={() => void apply({ state: "open" }, "Reopened")}
        >
          Reopen
        </Button>
      )}
      <span className="grow" />
      <Button size="sm" variant="ghost" onClick={() => selection.set(lines.map((line) => line.number))}>
        Select all
      </Button>
      <IconButton
        label="Untick all rows"
        keys="esc"
        size="sm"
        icon={<X aria-hidden="true" />}
        onClick={() => selection.set([])}
      />
    </div>
  );
}

function Act(props: Omit<Parameters<typeof Picker>[0], "children"> & { readonly children: ReactNode }) {
  const { children, ...picker } = props;
  return (
    <Picker {...picker}>
      <Button size="sm" className="!gap-1">
        {children}
        <ChevronDown aria-hidden="true" className="size-3.5" />
      </Button>
    </Picker>
  );
}
