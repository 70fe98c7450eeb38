import type { WebDiff } from "../../../api/client.gen.ts";
import { Button } from "../../ui/button.tsx";
import { withParams } from "./diff-query.ts";

interface Props {
  readonly diff: Pick<WebDiff, "files" | "skipped" | "total_files">;
  readonly search: URLSearchParams;
}

/** Files that the server shows on one page. */
const pageSize = 300;

/** The address of the page that shows a file, by its place among all; its panel where it is on this one. */
export const hrefOfPlace = (
  { files, skipped }: Pick<WebDiff, "files" | "skipped">,
  search: URLSearchParams,
  index: number,
): string => {
  if (index >= skipped && index < skipped + files.length) return `#d${index - skipped + 1}`;
  const first = Math.floor(index / pageSize) * pageSize;
  const changes = { skip: first === 0 ? undefined : String(first), file: undefined, start: undefined };
  return `${withParams(search, changes)}#d${index - first + 1}`;
};

/** Below a diff of more files than one page shows: where the others are. */
export function DiffPages({ diff, search }: Props) {
  const { files, skipped, total_files: total } = diff;
  if (search.get("file") !== null || (skipped === 0 && files.length >= total)) return null;
  const end = skipped + files.length;
  const to = (skip: number) =>
    withParams(search, { skip: skip <= 0 ? undefined : String(skip), start: undefined });
  return (
    <nav
      aria-label="Pages of files"
      className="flex flex-wrap items-center justify-center gap-3 py-5 text-sm"
    >
      {skipped > 0 && (
        <Button size="sm" href={to(skipped - pageSize)}>
          Files before
        </Button>
      )}
      <span className="tabular text-ink-2">
        Files {skipped + 1} to {end} of {total}
      </span>
      {end < total && (
        <Button size="sm" href={to(end)}>
          Next {Math.min(pageSize, total - end)} files
        </Button>
      )}
    </nav>
  );
}
