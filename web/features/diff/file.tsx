import { ChevronRight } from "lucide-react";
import { memo, useEffect, useState } from "react";
import { Badge } from "../../ui/badge.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { FileBody } from "./body.tsx";
import { heightOf } from "./chunks.ts";
import type { PanelProps } from "./diff-props.ts";
import type { DiffFile } from "./lines.ts";
import { useNear } from "./near.ts";
import { DiffStat } from "./stat.tsx";

/** How far from the screen a file is drawn, in pixels. */
const distance = 1000;

/** One file of a diff: its head, and its lines below, which can be folded away. */
export const DiffFilePanel = memo(function DiffFilePanel(props: PanelProps) {
  const { file, anchor, folded, first, wanted: here, fileHref } = props;
  const { ref, near, height, show } = useNear<HTMLElement>(first.head, distance);
  const [open, setOpen] = useState(!folded);
  const [was, setWas] = useState(folded);
  if (was !== folded) {
    setWas(folded);
    setOpen(!folded);
  }
  useEffect(() => {
    if (!here) return;
    show();
    setOpen(true);
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [here]);
  return (
    <section
      ref={ref}
      id={near ? undefined : anchor}
      data-diff-file={file.path}
      aria-label={file.path}
      className="relative scroll-mt-4 rounded-lg border border-line max-md:scroll-mt-16"
      style={near ? undefined : { minHeight: height ?? heightOf(file, open) }}
    >
      {near ? (
        <Drawn {...props} open={open} onOpen={setOpen} />
      ) : (
        <a className="block px-3 py-2 font-mono text-code text-ink-2" href={fileHref?.(file.path)}>
          {file.path}
        </a>
      )}
    </section>
  );
});

interface DrawnProps extends PanelProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

function Drawn({ folded, open, onOpen, renderFileActs, renderFileTop, ...body }: DrawnProps) {
  const { file, anchor, fileHref } = body;
  // What was opened once stays below its head: to fold and open it again is the browser's work alone.
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  return (
    <>
      {/* Beside the head, not in it: controls cannot stand within one. As high as the head, which lies over it, it sticks as long. */}
      <div
        className={`pointer-events-none z-20 flex h-10 items-center justify-end ${open ? "sticky top-0 max-md:top-12" : "relative"}`}
      >
        <div className="pointer-events-auto flex h-10 items-center gap-1 pr-2">
          {renderFileActs?.(file)}
          <CopyButton text={file.path} label="Copy path" size="sm" />
        </div>
      </div>
      <details
        id={anchor}
        open={open}
        onToggle={(event) => onOpen(event.currentTarget.open)}
        className="diff-file -mt-10 scroll-mt-4 max-md:scroll-mt-16"
      >
        <summary
          data-diff-head
          className={`sticky top-0 z-10 flex min-h-10 items-center gap-2 rounded-t-lg bg-sunken py-1.5 pl-2 text-sm max-md:top-12 ${
            open ? "border-b border-line" : "rounded-b-lg"
          } ${renderFileActs ? "pr-44 max-sm:pr-36" : "pr-10"}`}
        >
          <ChevronRight aria-hidden="true" className="turn text-ink-3" />
          <FileName file={file} />
          <span className="grow" />
          <Marks file={file} />
          {file.additions + file.deletions > 0 && (
            <span className="max-sm:hidden">
              <DiffStat additions={file.additions} deletions={file.deletions} />
            </span>
          )}
        </summary>
        {opened ? (
          <>
            {renderFileTop?.(file)}
            <FileBody {...body} />
          </>
        ) : (
          <noscript>
            <p className="px-3 py-3 text-sm">
              <a className="text-accent-ink underline" href={fileHref?.(file.path)}>
                Show this file
              </a>
            </p>
          </noscript>
        )}
      </details>
      {!open && folded && file.folded !== null && (
        <p className="border-t border-line px-3 py-2 text-sm text-ink-2">
          {file.folded}.{" "}
          <button
            type="button"
            onClick={() => onOpen(true)}
            className="js-only text-accent-ink underline underline-offset-2"
          >
            Show it
          </button>
        </p>
      )}
    </>
  );
}

function FileName({ file }: { readonly file: DiffFile }) {
  return (
    <span className="min-w-0 font-mono text-code" dir="ltr">
      {file.old_path !== null && file.old_path !== file.path && (
        <span className="text-ink-2">
          {file.old_path} <span aria-label="became">→</span>{" "}
        </span>
      )}
      <span className="font-medium">{file.path}</span>
    </span>
  );
}

const words: Partial<Record<DiffFile["status"], string>> = {
  added: "new",
  deleted: "deleted",
  renamed: "moved",
  copied: "copied",
  "type-changed": "another kind",
};

/** Modes as git names them, in words. */
const kinds: Readonly<Record<string, string>> = {
  "100644": "plain",
  "100755": "executable",
  "120000": "link",
  "160000": "submodule",
};

function Marks({ file }: { readonly file: DiffFile }) {
  const word = words[file.status];
  const { old_mode: before, new_mode: after } = file;
  const changed = before !== null && after !== null && before !== after;
  return (
    <span className="flex shrink-0 gap-1.5 max-sm:hidden">
      {word && <Badge>{word}</Badge>}
      {changed && (
        <Badge>
          {kinds[before] ?? before} → {kinds[after] ?? after}
        </Badge>
      )}
    </span>
  );
}
