import { clsx } from "clsx";
import type { WebThread } from "../../../api/client.gen.ts";
import { Badge } from "../../ui/badge.tsx";
import { pullHref, type At } from "./hrefs.ts";
import { ThreadBody } from "./thread.tsx";
import type { Opened } from "./use-opened.ts";

interface Props {
  readonly at: At;
  readonly number: number;
  readonly thread: WebThread;
  readonly edit: Opened;
  readonly canComment: true | string;
  /** With the link to where it stands in the changes. */
  readonly inChanges?: boolean;
}

/** A thread in the conversation: where it is, the lines it is about, and what was said. Settled ones are folded. */
export function ThreadCard(props: Props) {
  const { at, number, thread, inChanges = true } = props;
  const leads = !thread.outdated && inChanges;
  return (
    <div className="relative">
      <details
        open={!thread.resolved}
        className="group overflow-clip rounded-lg border border-line bg-surface"
      >
        <summary
          className={`flex min-h-9 cursor-pointer flex-wrap items-center gap-2 bg-sunken px-3 py-1.5 text-sm ${leads ? "pr-32" : ""}`}
        >
          <span dir="ltr" className="min-w-0 font-mono text-code [overflow-wrap:anywhere]">
            {thread.path}
            {thread.line !== null && (
              <span className="text-ink-3">
                :{thread.start_line !== null && `${thread.start_line}-`}
                {thread.line}
              </span>
            )}
          </span>
          {thread.subject === "file" && <Badge>The file</Badge>}
          {thread.outdated && <Badge tone="warning">Outdated</Badge>}
          {thread.resolved && <Badge tone="open">Resolved</Badge>}
        </summary>
        <HunkTail lines={thread.about} />
        <div className="border-t border-line">
          <ThreadBody {...props} />
        </div>
      </details>
      {/* Beside what folds it, not within: a button that holds a link is neither to who does not see. */}
      {leads && (
        <a
          href={`${pullHref(at, number, "files")}#discussion_r${thread.id}`}
          className="absolute top-px right-3 flex h-9 items-center text-sm text-ink-2 hover:underline"
        >
          In the changes
        </a>
      )}
    </div>
  );
}

/** The last lines of a diff's hunk, which the thread is about. */
function HunkTail({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <pre
      tabIndex={0}
      aria-label="The lines it is about"
      className="overflow-x-auto border-t border-line font-mono text-code [overflow-wrap:normal]"
    >
      <code className="block min-w-max">
        {lines.map((line, index) => (
          <span
            // Lines of one fixed text.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            className={clsx(
              "block px-3 whitespace-pre",
              line.startsWith("+") && "bg-added",
              line.startsWith("-") && "bg-removed",
            )}
          >
            {line || " "}
          </span>
        ))}
      </code>
    </pre>
  );
}
