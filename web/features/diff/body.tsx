import { memo, Suspense, useEffect, useState, type ReactNode } from "react";
import { asApiError } from "../../app/api.ts";
import { deep, path as address } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { bytesText } from "../code/sizes.ts";
import type { PanelProps } from "./diff-props.ts";
import { FileLines } from "./file-lines.tsx";
import type { DiffFile } from "./lines.ts";
import { Pictures } from "./pictures-later.ts";

/** What the body of a file is drawn from: nothing of its head, whose changes leave the lines alone. */
type BodyProps = Omit<PanelProps, "folded" | "renderFileActs" | "renderFileTop">;

/** What a file's head opens: its lines, or what stands for them where there are none to read. */
export const FileBody = memo(function FileBody(props: BodyProps) {
  const [loaded, setLoaded] = useState<DiffFile>();
  const file = loaded ?? props.file;
  if (file.submodule) return <Submodule file={file} />;
  if (file.lfs) return <Stored {...props} file={file} />;
  if (file.binary) return <Binary {...props} file={file} />;
  if (file.truncated) return <LeftOut {...props} onLoaded={setLoaded} />;
  if (file.hunks.length === 0) return <Words>{withoutLines(file)}</Words>;
  return (
    <>
      {file.image && (
        <details className="border-b border-line">
          <summary className="cursor-pointer px-3 py-2 text-sm text-ink-2">As a picture</summary>
          <Suspense>
            <Pictures file={file} {...sourcesOf({ ...props, file })} />
          </Suspense>
        </details>
      )}
      <FileLines {...props} file={file} />
    </>
  );
});

type Ends = Pick<PanelProps, "file" | "repository" | "head" | "base">;

/** Where both sides are as they are in the repository. */
function sourcesOf({ file, repository, head, base }: Ends) {
  const raw = (ref: string, name: string) => address`/${deep(repository)}/raw/${deep(ref)}/${deep(name)}`;
  return {
    after: file.status === "deleted" ? undefined : raw(head, file.path),
    before: base === undefined || file.status === "added" ? undefined : raw(base, file.old_path ?? file.path),
  };
}

function Binary(props: Ends) {
  const { file } = props;
  const { before, after } = sourcesOf(props);
  const sizes = file.sizes ?? { old: null, new: null };
  if (file.image)
    return (
      <Suspense>
        <Pictures file={file} before={before} after={after} sizes={sizes} />
      </Suspense>
    );
  return (
    <Words>
      {file.undiffed ? "Its lines are not shown, as .gitattributes says." : "A binary file."}{" "}
      <Change {...sizes} />
      <Sources before={before} after={after} />
    </Words>
  );
}

/** A pointer of Git LFS: what matters is what it stands for. */
function Stored(props: Ends) {
  const { file } = props;
  const { before, after } = sourcesOf(props);
  const sizes = { old: file.lfs?.old?.size ?? null, new: file.lfs?.new?.size ?? null };
  return (
    <>
      {file.image && (
        <Suspense>
          <Pictures file={file} before={before} after={after} sizes={sizes} />
        </Suspense>
      )}
      <Words>
        Kept in Git LFS. <Change {...sizes} />
        <Sources before={before} after={after} />
      </Words>
    </>
  );
}

function Change(sizes: { readonly old: number | null; readonly new: number | null }) {
  const text = (size: number) => <span className="tabular text-ink">{bytesText(size)}</span>;
  if (sizes.old === null && sizes.new === null) return null;
  if (sizes.old === null) return text(sizes.new ?? 0);
  if (sizes.new === null) return <>It had {text(sizes.old)}.</>;
  return (
    <span>
      {text(sizes.old)} <span aria-label="became">→</span> {text(sizes.new)}
    </span>
  );
}

function Sources({
  before,
  after,
}: {
  readonly before: string | undefined;
  readonly after: string | undefined;
}) {
  return (
    <span className="flex gap-x-2">
      {after !== undefined && (
        <a className="text-accent-ink underline" href={after}>
          Open it
        </a>
      )}
      {before !== undefined && (
        <a className="text-accent-ink underline" href={before}>
          {after === undefined ? "Open it as it was" : "as it was"}
        </a>
      )}
    </span>
  );
}

function Submodule({ file }: { readonly file: DiffFile }) {
  const { old_oid: before, new_oid: after, submodule_page: page } = file;
  const commit = (oid: string) =>
    page === null ? (
      <code className="text-code">{oid.slice(0, 10)}</code>
    ) : (
      <a className="font-mono text-code text-accent-ink underline" href={`${page}/commit/${oid}`}>
        {oid.slice(0, 10)}
      </a>
    );
  return (
    <Words>
      A submodule
      {page !== null && (
        <>
          {" of "}
          <a className="text-accent-ink underline" href={page}>
            {page.replace(/^https?:\/\//, "")}
          </a>
        </>
      )}
      {before !== null && after !== null ? (
        <>
          {": from "}
          {commit(before)} to {commit(after)}
          {page !== null && (
            <a className="ml-2 text-accent-ink underline" href={`${page}/compare/${before}...${after}`}>
              What changed there
            </a>
          )}
        </>
      ) : after === null ? (
        <>
          {" was taken away, at "}
          {before !== null && commit(before)}
        </>
      ) : (
        <>
          {" is new, at "}
          {commit(after)}
        </>
      )}
    </Words>
  );
}

/** Changes up to which a file is read by itself when it comes near. */
const readUnasked = 1500;

/** A file for which the page has no room: it is read when it is wanted. */
function LeftOut({
  file,
  fileHref,
  loadFile,
  onLoaded,
}: BodyProps & { readonly onLoaded: (file: DiffFile) => void }) {
  const [state, setState] = useState<"not yet" | "pending" | { readonly why: string }>("not yet");
  const load = () => {
    if (!loadFile || state === "pending") return;
    setState("pending");
    loadFile(file.path).then(
      (found) => (found ? onLoaded(found) : setState({ why: "It is not part of this change any more." })),
      (error: unknown) => setState({ why: asApiError(error).message }),
    );
  };
  const byItself = file.additions + file.deletions <= readUnasked;
  useEffect(() => {
    if (byItself) load();
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [byItself]);
  return (
    <Words>
      {typeof state === "object"
        ? state.why
        : byItself
          ? "The page is full before this file."
          : "Too large to stand among others."}{" "}
      {fileHref && (
        <Button
          size="sm"
          href={fileHref(file.path)}
          pending={state === "pending"}
          onClick={(event) => {
            if (!loadFile || event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            load();
          }}
        >
          Show it
        </Button>
      )}
    </Words>
  );
}

const withoutLines = (file: DiffFile): string =>
  file.status === "renamed"
    ? "Moved without a change."
    : file.status === "copied"
      ? "Copied without a change."
      : file.status === "added"
        ? "An empty file."
        : "No line changed.";

const Words = ({ children }: { readonly children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-x-1.5 gap-y-2 px-3 py-4 text-sm text-ink-2">{children}</div>
);
