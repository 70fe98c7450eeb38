import { CircleX, Info, TriangleAlert } from "lucide-react";
import type { WebAnnotation } from "../../../api/client.gen.ts";

const looks = {
  failure: [CircleX, "text-closed", "border-l-closed", "Failure"],
  warning: [TriangleAlert, "text-warning", "border-l-warning", "Warning"],
  notice: [Info, "text-accent-ink", "border-l-accent", "Notice"],
} as const;

interface Props {
  readonly items: readonly WebAnnotation[];
  /** Where a run is opened; without it the run needs no naming. */
  readonly runHref?: ((run: number) => string) | undefined;
  /** Whether each says which lines it is about, where it does not stand below them. */
  readonly places?: boolean | undefined;
  readonly lineHref?: ((one: WebAnnotation) => string) | undefined;
}

/** What check runs say about lines. */
export function AnnotationList({ items, runHref, places = false, lineHref }: Props) {
  return items.map((one) => {
    const [Icon, tone, edge, word] = looks[one.level];
    return (
      <section
        key={one.id}
        aria-label={`${word} of ${one.name}`}
        className={`flex flex-wrap gap-x-2 gap-y-0.5 border-l-3 ${edge} px-3 py-2 text-sm not-last:border-b not-last:border-b-line`}
      >
        <Icon role="img" aria-label={word} className={`mt-0.5 shrink-0 ${tone}`} />
        <div className="min-w-0 grow basis-0">
          {(places || !isBlank(one.title)) && (
            <p className="mb-0.5 flex flex-wrap gap-x-2">
              {!isBlank(one.title) && (
                <span dir="auto" className="min-w-0 font-medium [overflow-wrap:anywhere]">
                  {one.title}
                </span>
              )}
              {places &&
                (lineHref === undefined ? (
                  <span className="tabular text-ink-2">{placeOf(one)}</span>
                ) : (
                  <a href={lineHref(one)} className="tabular text-accent-ink hover:underline">
                    {placeOf(one)}
                  </a>
                ))}
            </p>
          )}
          <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
            {one.message}
          </p>
          {!isBlank(one.details) && (
            <details className="mt-1">
              <summary className="cursor-pointer text-ink-2">Details</summary>
              <pre
                dir="auto"
                // A keyboard scrolls what is wider than its place.
                // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
                tabIndex={0}
                className="mt-1 max-h-80 overflow-auto rounded-md bg-sunken p-2 text-code"
              >
                {one.details}
              </pre>
            </details>
          )}
          {one.cut && <p className="mt-1 text-ink-2">It says more: the API has the whole text.</p>}
        </div>
        {runHref && (
          <a
            href={runHref(one.run)}
            title={one.name}
            className="truncate text-ink-2 hover:underline max-sm:ml-6 max-sm:basis-full sm:max-w-64"
          >
            {one.name}
          </a>
        )}
      </section>
    );
  });
}

const isBlank = (text: string | null) => text === null || text === "";

function placeOf({ start_line, end_line, start_column, end_column }: WebAnnotation): string {
  if (start_line !== end_line) return `lines ${start_line}–${end_line}`;
  if (start_column === null) return `line ${start_line}`;
  const columns =
    end_column === null || end_column === start_column ? `${start_column}` : `${start_column}–${end_column}`;
  return `line ${start_line}, column ${columns}`;
}
