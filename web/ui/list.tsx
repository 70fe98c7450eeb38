import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { useRowKeys } from "./keyboard/rows.ts";

/** Rows of 32 px between hairlines. `j`, `k` and `x` walk and tick them; one such list a page. */
export function List({
  label,
  keys = true,
  className,
  ...rest
}: ComponentProps<"ul"> & { readonly label: string; readonly keys?: boolean }) {
  useRowKeys(keys);
  return (
    <ul
      {...rest}
      {...(keys ? { "data-rows": "" } : {})}
      aria-label={label}
      className={clsx("rows", className)}
    />
  );
}

interface RowProps {
  /** Before the title: a tick, a state. */
  readonly before?: ReactNode;
  readonly href: string;
  readonly title: ReactNode;
  /** Behind the title, in the same line while there is room. */
  readonly after?: ReactNode;
  /** At the end: people, counts, times. */
  readonly end?: ReactNode;
  readonly unread?: boolean | undefined;
}

/** One row: the title is its link, and the whole row leads there. */
export function Row({ before, href, title, after, end, unread }: RowProps) {
  return (
    <li data-row="" className="row relative flex items-start gap-2.5 px-3 py-1.5">
      {before !== undefined && <div className="flex h-5 shrink-0 items-center gap-2.5">{before}</div>}
      <div className="flex min-w-0 grow flex-wrap gap-x-3 gap-y-1 sm:flex-nowrap">
        <div className="flex min-w-0 grow basis-full flex-wrap items-center gap-x-2 gap-y-0.5 sm:basis-0">
          <a
            href={href}
            data-row-link=""
            dir="auto"
            className={clsx(
              "row-link min-w-0 text-base leading-5",
              unread === false ? "text-ink-2" : "font-medium",
            )}
          >
            {title}
          </a>
          {after}
        </div>
        {end !== undefined && (
          <div className="flex max-w-full shrink-0 items-center gap-x-3 text-sm text-ink-2 max-sm:min-h-5 max-sm:flex-wrap sm:h-5">
            {end}
          </div>
        )}
      </div>
    </li>
  );
}
