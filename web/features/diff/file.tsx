import { ChevronRight } from "lucide-react";
import { Fragment, useEffect, useRef, useState, type MouseEvent, type ReactNode } from "react";
import { deep, path as address } from "../../app/paths.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { placeOfButton, type DiffProps } from "./diff-props.ts";
import { Gap } from "./gap.tsx";
import { HunkLines } from "./hunk.tsx";
import { gapsOf, type DiffFile, type HiddenLines } from "./lines.ts";
import { DiffStat } from "./stat.tsx";

interface Props extends Omit<DiffProps, "files"> {
  readonly file: DiffFile;
  readonly anchor: string;
  /** Drawn at once; else when it comes near the screen. */
  readonly eager: boolean;
  readonly lines: number;
}

/** One file of a diff: its head, and its lines below, which can be folded away. */
export function DiffFilePanel(props: Props) {
  const { file, anchor, renderFileActs, isFolded } = props;
  const folded = file.folded !== null || isFolded?.(file) === true;
  return (
    <section aria-label={file.path} className="relative rounded-lg border border-line">
      {/* Beside the head, not in it: controls cannot stand within one. Without height, it sticks together with the head. */}
      <div className="sticky top-0 z-20 h-0 max-md:top-12">
        <div className="absolute right-0 flex h-10 items-center gap-1 pr-2">
          {renderFileActs?.(file)}
          <CopyButton text={file.path} label="Copy path" size="sm" />
        </div>
      </div>
      <details id={anchor} open={!folded} className="diff-file scroll-mt-16">
        <summary
          className={`sticky top-0 z-10 flex min-h-10 items-center gap-2 rounded-t-lg border-b border-line bg-sunken py-1.5 pl-2 text-sm max-md:top-12 ${
            renderFileActs ? "pr-32" : "pr-10"
          }`}
        >
          <ChevronRight aria-hidden="true" className="turn text-ink-3" />
          <FileName file={file} />
          <span className="grow" />
          <Marks file={file} />
          <DiffStat additions={file.additions} deletions={file.deletions} />
        </summary>
        {props.renderFileTop?.(file)}
        {folded && file.folded !== null && (
          <p className="border-b border-line px-3 py-1.5 text-sm text-ink-2">
            {file.folded}. Folded for that.
          </p>
        )}
        <FileBody {...props} />
      </details>
    </section>
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

function Marks({ file }: { readonly file: DiffFile }) {
  const word = words[file.status];
  const executable = file.old_mode !== null && file.new_mode !== null && file.old_mode !== file.new_mode;
  return (
    <span className="flex shrink-0 gap-1.5 max-sm:hidden">
      {word && <Badge>{word}</Badge>}
      {executable && (
        <Badge>
          {file.old_mode} → {file.new_mode}
        </Badge>
      )}
    </span>
  );
}

function FileBody(props: Props) {
  const { file, repository, head, base, fileHref, eager, lines } = props;
  const body = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(eager);
  // Files far below are drawn when they come near, at the height they will have.
  useEffect(() => {
    if (near || !body.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: "1500px" },
    );
    observer.observe(body.current);
    return () => observer.disconnect();
  }, [near]);

  if (file.submodule) return <Words>The submodule points to another commit.</Words>;
  if (file.binary) {
    const raw = (ref: string, name: string) => address`/${deep(repository)}/raw/${deep(ref)}/${deep(name)}`;
    return (
      <Words>
        A binary file.
        {file.status !== "deleted" && (
          <>
            {" "}
            <a className="text-accent-ink underline" href={raw(head, file.path)}>
              Open it
            </a>
          </>
        )}
        {base !== undefined && file.status !== "added" && (
          <>
            {" · "}
            <a className="text-accent-ink underline" href={raw(base, file.old_path ?? file.path)}>
              as it was
            </a>
          </>
        )}
      </Words>
    );
  }
  if (file.truncated) {
    return (
      <Words>
        Too large to stand among others.{" "}
        {fileHref && (
          <Button size="sm" href={fileHref(file.path)}>
            Show this file alone
          </Button>
        )}
      </Words>
    );
  }
  if (file.hunks.length === 0) return <Words>{withoutLines(file)}</Words>;
  if (!near) {
    return (
      <div ref={body} style={{ minHeight: lines * 20 }} className="p-3 text-sm text-ink-2">
        {fileHref && (
          <a className="text-accent-ink underline js:hidden" href={fileHref(file.path)}>
            Show this file
          </a>
        )}
      </div>
    );
  }
  return <Lines {...props} />;
}

function Lines({ file, repository, anchor, mode, commentHref, onLineComment, renderBelowLine }: Props) {
  const onClick = (event: MouseEvent) => {
    if (!onLineComment || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const place = placeOfButton(event.target, file.path);
    if (!place) return;
    event.preventDefault();
    onLineComment(place);
  };
  const gaps = gapsOf(file);
  const drawing = {
    anchor,
    split: mode === "split",
    commentHref:
      commentHref && ((side: "old" | "new", line: number) => commentHref({ path: file.path, side, line })),
  };
  return (
    // Presses are those of links within, which the keyboard reaches too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div
      className="diff-lines rounded-b-lg"
      onClick={onClick}
      tabIndex={0}
      role="region"
      aria-label={`Changes of ${file.path}`}
    >
      <div className={mode === "split" ? "min-w-[720px]" : "diff-wide"}>
        {file.hunks.map((hunk, index) => (
          <Fragment key={`${hunk.old_start} ${hunk.new_start}`}>
            <Gap {...(gaps[index] ?? nothingHidden)} {...{ repository, file, drawing }}>
              <span className="truncate">
                <span className="sr-only">
                  From line {hunk.old_start} before and {hunk.new_start} after
                </span>
                {hunk.heading}
              </span>
            </Gap>
            <HunkLines hunk={hunk} file={file} drawing={drawing} renderBelowLine={renderBelowLine} />
          </Fragment>
        ))}
        <Gap {...(gaps.at(-1) ?? nothingHidden)} {...{ repository, file, drawing }} />
      </div>
    </div>
  );
}

const nothingHidden: HiddenLines = { from: 1, to: 0, shift: 0 };

const withoutLines = (file: DiffFile): string =>
  file.status === "renamed"
    ? "Moved without a change."
    : file.status === "copied"
      ? "Copied without a change."
      : file.status === "added"
        ? "An empty file."
        : "No line changed.";

const Words = ({ children }: { readonly children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-x-1 gap-y-2 px-3 py-4 text-sm text-ink-2">{children}</div>
);
