import "./code.css";
import { File } from "lucide-react";
import { Link } from "../../ui/link.tsx";
import { markRanges } from "../diff/mark.ts";
import { codeSearchHref, type FoundFile } from "./code-search.ts";
import { codeHref, type At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  readonly gitRef: string;
  readonly file: FoundFile;
  readonly search: URLSearchParams;
}

/** A file with the lines that a search found in it; each number leads to its line. */
export function FoundFileLines({ at, gitRef, file, search }: Props) {
  const href = codeHref(at, "blob", gitRef, file.path);
  return (
    <li className="overflow-hidden rounded-lg border border-line">
      <h2 className="flex min-w-0 items-center gap-2 border-b border-line bg-sunken px-3 py-1.5">
        <File aria-hidden="true" className="shrink-0 text-ink-3" />
        <Link href={href} look="plain" className="min-w-0 font-mono text-code font-medium break-all">
          {file.path}
        </Link>
      </h2>
      <div className="code-lines" role="region" aria-label={`Lines of ${file.path}`} tabIndex={0}>
        <div className="code-wide">
          {file.lines.map(({ line, html, ranges, cut }, index) => {
            const previous = file.lines[index - 1];
            const gap = previous !== undefined && previous.line + 1 < line;
            return (
              <div key={line} className={gap ? "cl found-gap" : "cl"}>
                <a className="n" href={`${href}#L${line}`} data-n={line} aria-label={`Line ${line}`} />
                <code
                  // Escaped and coloured by the server.
                  dangerouslySetInnerHTML={{
                    __html: (markRanges(html, ranges) || "\n") + (cut ? '<span class="cut">…</span>' : ""),
                  }}
                />
              </div>
            );
          })}
        </div>
      </div>
      {file.more && (
        <p className="border-t border-line px-3 py-1.5 text-sm">
          <Link
            href={codeSearchHref(at, { ...Object.fromEntries(search), path: file.path, page: undefined })}
            look="muted"
          >
            More lines of this file
          </Link>
        </p>
      )}
    </li>
  );
}
