import { Columns2, Rows3 } from "lucide-react";
import type { ReactNode } from "react";
import type { WebDiff } from "../../../api/client.gen.ts";
import { buttonClass } from "../../ui/button.tsx";
import { tip } from "../../ui/tip.ts";
import { useLaterColours } from "../code/later-colours.ts";
import { diffModeOf, withParams } from "./diff-query.ts";
import { DiffStat } from "./stat.tsx";

interface Props {
  readonly diff: Pick<
    WebDiff,
    "files" | "total_files" | "additions" | "deletions" | "truncated" | "colours_later"
  >;
  readonly search: URLSearchParams;
  readonly children?: ReactNode;
}

/** Above a diff: how much changed, and how it is shown. */
export function DiffBar({ diff, search, children }: Props) {
  const mode = diffModeOf(search);
  useLaterColours(diff.colours_later);
  const ignoring = search.get("w") === "1";
  const one = search.get("file");
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-2 py-3 text-sm sm:gap-x-3">
      <span className="text-ink-2">
        <span className="font-medium text-ink">
          {diff.total_files} {diff.total_files === 1 ? "file" : "files"}
        </span>
        <span className="max-sm:hidden"> changed</span>
      </span>
      <DiffStat additions={diff.additions} deletions={diff.deletions} />
      {one !== null && (
        <a className="text-accent-ink underline" href={withParams(search, { file: undefined })}>
          Show all files
        </a>
      )}
      {children}
      <span className="grow" />
      <a
        href={withParams(search, { w: ignoring ? undefined : "1" })}
        className={buttonClass(
          { variant: "ghost", size: "sm" },
          ignoring ? "bg-accent-soft text-accent-ink" : "",
        )}
      >
        {ignoring ? "White space hidden" : "Hide white space"}
      </a>
      <span className="flex rounded border border-line-strong">
        <ModeLink href={withParams(search, { diff: undefined })} current={mode === "unified"} label="Unified">
          <Rows3 aria-hidden="true" />
        </ModeLink>
        <ModeLink href={withParams(search, { diff: "split" })} current={mode === "split"} label="Split">
          <Columns2 aria-hidden="true" />
        </ModeLink>
      </span>
    </div>
  );
}

function ModeLink(props: {
  readonly href: string;
  readonly current: boolean;
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <a
      href={props.href}
      aria-label={props.label}
      aria-current={props.current ? "true" : undefined}
      className="grid h-6.5 w-8 place-items-center rounded text-ink-2 hover:bg-hover hover:text-ink aria-[current]:bg-pressed aria-[current]:text-ink"
      {...tip(props.label)}
    >
      {props.children}
    </a>
  );
}
