import { Check, ChevronRight, MessageSquare } from "lucide-react";
import { memo } from "react";
import type { ListedFile, TreeRow } from "./tree-rows.ts";

/** What a row says of a file. */
export interface FileFacts {
  /** Where a file is, by its place among all. */
  readonly hrefOf: (index: number) => string;
  /** Conversations of a file: all, and whether any is not settled. */
  readonly talkOf: (path: string) => { readonly count: number; readonly open: boolean };
  readonly isViewed: (path: string) => boolean;
  /** It has changed since it was marked. */
  readonly isChanged: (path: string) => boolean;
}

const indent = (depth: number) => ({ paddingInlineStart: 8 + Math.min(depth, 8) * 14 });

/** A folder of the tree, or a kind of files in the order of reading; a press closes it. */
export const FolderRow = memo(function FolderRow(props: {
  readonly row: Exclude<TreeRow, { kind: "file" }>;
  readonly open: boolean;
  readonly onToggle: (path: string) => void;
}) {
  const { row, open, onToggle } = props;
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={() => onToggle(row.path)}
      style={indent(row.depth)}
      className={`flex h-7 w-full items-center gap-1 rounded pr-2 text-left hover:bg-hover ${
        row.kind === "group" ? "font-medium text-ink" : "text-ink-2"
      }`}
    >
      <ChevronRight
        aria-hidden="true"
        className={`size-3.5 text-ink-3 transition-transform ${open ? "rotate-90" : ""}`}
      />
      <span className="truncate" dir="ltr" title={row.label}>
        {row.label}
      </span>
    </button>
  );
});

const statusWords: Readonly<Record<ListedFile["status"], string>> = {
  added: "new",
  deleted: "deleted",
  modified: "changed",
  renamed: "moved",
  copied: "copied",
  "type-changed": "another kind",
};

/** A file of the tree: what happened to it, what is said about it, whether it is done. */
export const FileRow = memo(function FileRow(props: {
  readonly row: Extract<TreeRow, { kind: "file" }>;
  readonly current: boolean;
  readonly href: string;
  /** How many conversations there are, and whether any is not settled. */
  readonly talk: number;
  readonly open: boolean;
  readonly viewed: boolean;
  readonly changed: boolean;
}) {
  const { row, current, talk, viewed } = props;
  const { file } = row;
  const slash = row.label.lastIndexOf("/") + 1;
  return (
    <a
      href={props.href}
      aria-current={current ? "true" : undefined}
      title={file.path}
      style={indent(row.depth)}
      className="flex h-7 items-center gap-1.5 rounded pr-2 hover:bg-hover aria-[current]:bg-pressed"
    >
      <i className="tree-status" data-status={file.status} aria-label={statusWords[file.status]} role="img" />
      <span className={`min-w-0 grow truncate ${viewed ? "text-ink-3" : "text-ink"}`} dir="ltr">
        {slash > 0 && <span className="text-ink-3">{row.label.slice(0, slash)}</span>}
        {row.label.slice(slash)}
      </span>
      {talk > 0 && (
        <span
          className={`tabular inline-flex items-center gap-0.5 text-xs ${props.open ? "font-medium text-accent-ink" : "text-ink-3"}`}
        >
          <MessageSquare aria-hidden="true" className="size-3" />
          {talk}
          <span className="sr-only">{props.open ? " conversations, not all settled" : " conversations"}</span>
        </span>
      )}
      {viewed && <Check aria-label="viewed" role="img" className="size-3.5 text-open" />}
      {props.changed && (
        <i className="size-1.5 rounded-full bg-warning" role="img" aria-label="changed since you viewed it" />
      )}
    </a>
  );
});
