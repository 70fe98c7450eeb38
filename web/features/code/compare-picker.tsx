import { ArrowLeft } from "lucide-react";
import { deep, path } from "../../app/paths.ts";
import { RefSwitcher } from "./ref-switcher.tsx";
import type { At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  readonly base: string;
  readonly head: string;
}

/** The two sides of a comparison, each with the way to another branch. */
export function ComparePicker({ at, base, head }: Props) {
  const href = (from: string, to: string) =>
    path`/${at.owner}/${at.repo}/compare/${deep(from)}...${deep(to)}`;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-sm text-ink-2">base</span>
      <RefSwitcher at={at} revision={{ kind: "branch", name: base }} href={(ref) => href(ref, head)} />
      <ArrowLeft role="img" aria-label="gets the changes of" className="text-ink-3" />
      <span className="text-sm text-ink-2">compare</span>
      <RefSwitcher at={at} revision={{ kind: "branch", name: head }} href={(ref) => href(base, ref)} />
    </div>
  );
}
