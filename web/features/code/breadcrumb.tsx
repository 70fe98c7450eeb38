import { CopyButton } from "../../ui/copy-button.tsx";
import { Link } from "../../ui/link.tsx";
import { SeenText } from "../../ui/seen-text.tsx";
import { codeHref, type At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  readonly gitRef: string;
  readonly path: string;
}

/** Where a folder or file is, each part a link to its folder. */
export function Breadcrumb({ at, gitRef, path }: Props) {
  const parts = path.split("/");
  return (
    <div className="flex min-w-0 items-center gap-1">
      <nav aria-label="Path" className="min-w-0 font-mono text-code">
        <ol className="flex min-w-0 flex-wrap [&>li]:flex [&>li]:min-w-0 [&>li]:break-all">
          <li>
            <Link href={codeHref(at, "tree", gitRef)} look="muted" className="font-medium">
              {at.repo}
            </Link>
          </li>
          {parts.map((part, index) => {
            const upTo = parts.slice(0, index + 1).join("/");
            const last = index === parts.length - 1;
            return (
              <li key={upTo}>
                <span aria-hidden="true" className="mx-1 text-ink-3">
                  /
                </span>
                {last ? (
                  <span className="font-medium" aria-current="page">
                    <SeenText text={part} />
                  </span>
                ) : (
                  <Link href={codeHref(at, "tree", gitRef, upTo)} look="muted">
                    <SeenText text={part} />
                  </Link>
                )}
              </li>
            );
          })}
        </ol>
      </nav>
      <CopyButton text={path} label="Copy path" size="sm" />
    </div>
  );
}
