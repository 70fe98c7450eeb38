import { ArrowLeft } from "lucide-react";
import { deep, path } from "../../app/paths.ts";
import { RefSwitcher } from "./ref-switcher.tsx";
import type { At } from "./hrefs.ts";

interface Side {
  /** As the address has it: `branch`, or `owner:branch` of a fork. */
  readonly label: string;
  /** Where it is, as `owner/name`; the repository of the page unless told. */
  readonly repository?: string | undefined;
}

interface Props {
  readonly at: At;
  readonly base: Side;
  readonly head: Side;
}

/** The two sides of a comparison, each with the way to another branch. */
export function ComparePicker({ at, base, head }: Props) {
  const href = (from: string, to: string) =>
    path`/${at.owner}/${at.repo}/compare/${deep(from)}...${deep(to)}`;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-sm text-ink-2">base</span>
      <SideSwitcher at={at} side={base} href={(to) => href(to, head.label)} />
      <ArrowLeft role="img" aria-label="gets the changes of" className="text-ink-3" />
      <span className="text-sm text-ink-2">compare</span>
      <SideSwitcher at={at} side={head} href={(to) => href(base.label, to)} />
    </div>
  );
}

/** Offers the branches of the repository in which the side is. */
function SideSwitcher({
  at,
  side,
  href,
}: {
  readonly at: At;
  readonly side: Side;
  readonly href: (label: string) => string;
}) {
  const [, prefix = ""] = /^([^:]+:)/.exec(side.label) ?? [];
  const [owner = at.owner, repo = at.repo] = prefix === "" ? [] : (side.repository?.split("/") ?? []);
  return (
    <RefSwitcher
      at={{ owner, repo }}
      revision={{ kind: "branch", name: side.label }}
      href={(ref) => href(prefix + ref)}
    />
  );
}
