import { clsx } from "clsx";
import { useState } from "react";
import { Radio } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form-context.ts";
import { Textarea } from "../../ui/input.tsx";
import { BranchName } from "./pull-head.tsx";
import type { ConflictsData } from "./queries.ts";

type Place = ConflictsData["files"][number]["places"][number];

interface Props {
  readonly field: string;
  readonly place: Place;
  readonly names: { readonly ours: string; readonly theirs: string };
  readonly readOnly: boolean;
  readonly onWrite: (text: string) => void;
}

/** One place: what either side wants there, what stood there before, and what shall stand there. */
export function ConflictPlace({ field, place, names, readOnly, onWrite }: Props) {
  const { refused } = useForm();
  const typed = refused?.typed.findLast(([name]) => name === `${field}.choice`)?.[1];
  const [choice, setChoice] = useState(typed);
  const radio = (value: string) => ({
    name: `${field}.choice`,
    value,
    checked: choice === value,
    onChange: () => setChoice(value),
    required: true,
  });
  const proposal = place.ours + place.theirs;
  return (
    <div className="border-b border-line last:border-b-0">
      <Lines text={place.before} first={place.line - countOf(place.before)} />
      <Side tone="own" text={place.ours} chosen={choice === "ours" || choice === "both"}>
        <BranchName name={names.ours} />
      </Side>
      <Side tone="other" text={place.theirs} chosen={choice === "theirs" || choice === "both"}>
        <BranchName name={names.theirs} />
      </Side>
      <details className="border-t border-line px-3 py-1 text-sm text-ink-2">
        <summary className="target cursor-pointer">What both began with</summary>
        <Lines text={place.base} />
      </details>
      <Lines text={place.after} first={place.line + countOf(place.ours)} />
      {!readOnly && (
        <fieldset className="flex flex-col gap-2.5 border-t border-line bg-sunken px-3 py-2.5 text-sm">
          <legend className="sr-only">What shall stand at line {place.line}</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-1">
            <Radio {...radio("ours")} label={<>Take {names.ours}</>} />
            <Radio {...radio("theirs")} label={<>Take {names.theirs}</>} />
            <Radio {...radio("both")} label="Take both" />
            <Radio {...radio("text")} label="Write it" />
          </div>
          <div className={clsx(choice !== "text" && "[html[data-js]_&]:hidden")}>
            <Field name={`${field}.text`} label="What shall stand here, if you write it" bare>
              <Textarea
                mono
                rows={Math.min(16, countOf(proposal) + 1)}
                defaultValue={proposal}
                spellCheck={false}
                wrap="off"
                onChange={(event) => {
                  setChoice("text");
                  onWrite(event.currentTarget.value);
                }}
              />
            </Field>
          </div>
        </fieldset>
      )}
    </div>
  );
}

const countOf = (text: string): number => (text === "" ? 0 : text.replace(/\n$/, "").split("\n").length);

function Side(props: {
  readonly tone: "own" | "other";
  readonly text: string;
  readonly chosen: boolean;
  readonly children: React.ReactNode;
}) {
  const ground = props.tone === "own" ? "bg-added" : "bg-accent-soft";
  return (
    <div className={clsx("border-t border-line", props.chosen && "shadow-[inset_3px_0_0_var(--accent)]")}>
      <p className="px-3 pt-1.5 pb-1 text-sm text-ink-2">
        {props.children}
        {props.chosen && <span className="sr-only"> (taken)</span>}
      </p>
      <div className={ground}>
        <Lines text={props.text} empty="Nothing stands here" />
      </div>
    </div>
  );
}

/** Lines as they are; with numbers where they have one on the branch. */
function Lines({
  text,
  first,
  empty,
}: {
  readonly text: string;
  readonly first?: number;
  readonly empty?: string;
}) {
  if (text === "") return empty ? <p className="px-3 py-1 text-sm text-ink-3 italic">{empty}</p> : null;
  return (
    <pre
      dir="ltr"
      tabIndex={0}
      className="overflow-x-auto px-3 py-1 text-code leading-5 [overflow-wrap:normal]"
    >
      {text
        .replace(/\n$/, "")
        .split("\n")
        .map((line, index) => (
          // Lines of one fixed text.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className="block">
            {first !== undefined && (
              <span aria-hidden="true" className="inline-block w-9 pr-3 text-right text-ink-3 select-none">
                {first + index}
              </span>
            )}
            {line === "" ? "\u200b" : line}
          </span>
        ))}
    </pre>
  );
}
