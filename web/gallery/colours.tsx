import { Group, Specimen } from "./specimen.tsx";

const sets: Readonly<Record<string, readonly string[]>> = {
  Neutral: ["n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9", "n10", "n11", "n12"],
  Accent: ["accent", "accent-hover", "accent-ink", "accent-soft", "focus"],
  States: [
    "open",
    "open-soft",
    "merged",
    "merged-soft",
    "closed",
    "closed-soft",
    "warning",
    "warning-soft",
    "danger",
  ],
  Diff: ["added", "added-gutter", "added-word", "removed", "removed-gutter", "removed-word", "selected-line"],
};

export function Colours() {
  return (
    <Group title="Colours">
      {Object.entries(sets).map(([name, tokens]) => (
        <Specimen key={name} name={name}>
          {tokens.map((token) => (
            <span key={token} className="w-20 text-xs text-ink-2">
              <span
                className="block h-9 rounded border border-line"
                style={{ background: `var(--${token})` }}
              />
              {token}
            </span>
          ))}
        </Specimen>
      ))}
    </Group>
  );
}
