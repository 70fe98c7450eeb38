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
        className={`border-l-3 ${edge} px-3 py-2 text-sm not-last:border-b not-last:border-b-line`}
      >
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <Icon role="img" aria-label={word} className={`shrink-0 ${tone}`} />
          {one.title !== null && one.title !== "" && (
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
          <span className="grow" />
          {runHref && (
            <a
              href={runHref(one.run)}
              className="min-w-0 text-ink-2 [overflow-wrap:anywhere] hover:underline"
            >
              {one.name}
            </a>
          )}
        </div>
        <p dir="auto" className="mt-1 ml-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {one.message}
        </p>
        {one.details !== null && one.details !== "" && (
          <details className="mt-1 ml-6">
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
        {one.cut && <p className="mt-1 ml-6 text-ink-2">It says more: the API has the whole text.</p>}
      </section>
    );
  });
}

function placeOf({ start_line, end_line, start_column, end_column }: WebAnnotation): string {
  if (start_line !== end_line) return `lines ${start_line}–${end_line}`;
  if (start_column === null) return `line ${start_line}`;
  const columns =
    end_column === null || end_column === start_column ? `${start_column}` : `${start_column}–${end_column}`;
  return `line ${start_line}, column ${columns}`;
}
