import { FolderTree, ListOrdered, Search } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { tip } from "../../ui/tip.ts";
import { keepInAddress, withParams } from "./diff-query.ts";
import { FileRow, FolderRow, type FileFacts } from "./tree-row.tsx";
import { matchingRows, readingRows, treeRows, type ListedFile, type TreeRow } from "./tree-rows.ts";

interface Props extends FileFacts {
  readonly files: readonly ListedFile[];
  readonly search: URLSearchParams;
  /** The file that is read now. */
  readonly current: string | undefined;
  readonly progress?: ReactNode;
}

/** Height of a row, in pixels, and how many rows are drawn of a long list. */
const rowHeight = 28;
const mostDrawn = 120;

/** Milliseconds without a key until the filter stands in the address. */
const addressPause = 250;

const readingRule =
  "Documentation, interfaces, implementation, tests, settings, then what was generated or copied; within each as in the tree";

/** The files of a diff as a tree or in the order of reading. */
export function FileTree(props: Props) {
  const { files, search, current } = props;
  const reading = search.get("order") === "reading";
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [words, setWords] = useState(search.get("tree") ?? "");
  useEffect(() => {
    const timer = setTimeout(() => keepInAddress("tree", words.trim()), addressPause);
    return () => clearTimeout(timer);
  }, [words]);
  const rows = useMemo(
    () =>
      words.trim() !== ""
        ? matchingRows(files, words)
        : reading
          ? readingRows(files, closed)
          : treeRows(files, closed),
    [files, words, reading, closed],
  );
  const toggle = useCallback(
    (path: string) =>
      setClosed((before) => {
        const next = new Set(before);
        if (!next.delete(path)) next.add(path);
        return next;
      }),
    [],
  );
  return (
    <nav aria-label="Changed files" className="flex max-h-full min-h-0 flex-col">
      <div className="flex items-center gap-1 pb-2">
        <form className="relative min-w-0 grow" onSubmit={(event) => event.preventDefault()}>
          {[...search].map(
            ([name, value]) =>
              name !== "tree" && <input key={name} type="hidden" name={name} value={value} />,
          )}
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute top-1.5 left-2 size-4 text-ink-3"
          />
          <input
            type="search"
            name="tree"
            aria-label="Filter files"
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            placeholder="Filter files"
            className="control small !pl-7"
            autoComplete="off"
            spellCheck={false}
          />
        </form>
        <span role="group" aria-label="Order of the files" className="flex rounded border border-line-strong">
          <Order
            href={withParams(search, { order: undefined, skip: undefined })}
            current={!reading}
            label="As in the tree"
          >
            <FolderTree aria-hidden="true" />
          </Order>
          <Order
            href={withParams(search, { order: "reading", skip: undefined })}
            current={reading}
            label="In the order of reading"
            rule={readingRule}
          >
            <ListOrdered aria-hidden="true" />
          </Order>
        </span>
      </div>
      {props.progress}
      {rows.length === 0 ? (
        <p className="px-2 py-3 text-sm text-ink-2">No file is called that.</p>
      ) : (
        <Rows {...props} rows={rows} closed={closed} onToggle={toggle} current={current} />
      )}
    </nav>
  );
}

function Order(props: {
  readonly href: string;
  readonly current: boolean;
  readonly label: string;
  readonly rule?: string;
  readonly children: ReactNode;
}) {
  return (
    <a
      href={props.href}
      aria-label={props.label}
      aria-current={props.current ? "true" : undefined}
      className="grid h-6.5 w-8 place-items-center rounded text-ink-2 hover:bg-hover hover:text-ink aria-[current]:bg-pressed aria-[current]:text-ink"
      {...tip(props.rule === undefined ? props.label : `${props.label}: ${props.rule}`)}
    >
      {props.children}
    </a>
  );
}

interface RowsProps extends Omit<Props, "files" | "search" | "progress"> {
  readonly rows: readonly TreeRow[];
  readonly closed: ReadonlySet<string>;
  readonly onToggle: (path: string) => void;
}

/** The rows; of a long list those that are to be seen. */
function Rows({ rows, current, hrefOf, talkOf, isViewed, isChanged, closed, onToggle }: RowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState(0);
  const windowed = rows.length > mostDrawn;
  const shown = windowed ? rows.slice(from, from + mostDrawn) : rows;
  const at = rows.findIndex((row) => row.kind === "file" && row.file.path === current);
  // The file that is read stays in sight.
  useEffect(() => {
    const element = box.current;
    if (!element || at < 0) return;
    const top = at * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top - rowHeight;
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + 2 * rowHeight - element.clientHeight;
  }, [at]);
  return (
    <div
      ref={box}
      className="min-h-0 grow overflow-y-auto overscroll-contain"
      onScroll={
        windowed
          ? ({ currentTarget: { scrollTop } }) =>
              setFrom(Math.max(0, Math.floor(scrollTop / rowHeight / 40) * 40 - 40))
          : undefined
      }
    >
      <ul
        className="relative text-sm"
        style={
          windowed
            ? { paddingTop: from * rowHeight, height: rows.length * rowHeight, boxSizing: "border-box" }
            : undefined
        }
      >
        {shown.map((row) => {
          if (row.kind !== "file")
            return (
              <li key={`/${row.path}`} className="h-7">
                <FolderRow row={row} open={!closed.has(row.path)} onToggle={onToggle} />
              </li>
            );
          const { path } = row.file;
          const talk = talkOf(path);
          return (
            <li key={path} className="h-7">
              <FileRow
                row={row}
                current={path === current}
                href={hrefOf(row.index)}
                talk={talk.count}
                open={talk.open}
                viewed={isViewed(path)}
                changed={isChanged(path)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
