import { Badge, type Tone } from "../../ui/badge.tsx";

type State = "unchecked" | "ok" | "damaged" | "failed";

/** What a check found, as people call it. */
export const states: Readonly<Record<State, { readonly tone: Tone; readonly word: string }>> = {
  ok: { tone: "open", word: "Healthy" },
  damaged: { tone: "closed", word: "Damaged" },
  failed: { tone: "warning", word: "Check failed" },
  unchecked: { tone: "neutral", word: "Not checked yet" },
};

export const StateMark = ({ state }: { readonly state: State }) => (
  <Badge tone={states[state].tone}>{states[state].word}</Badge>
);

/** What is wrong, a line each, as the check said it. */
export function Problems({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className="max-h-48 overflow-y-auto rounded-lg border border-line bg-n2 px-3 py-2 font-mono text-xs leading-5 break-words text-ink-2">
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  );
}
