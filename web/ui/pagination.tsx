import { ChevronLeft, ChevronRight } from "lucide-react";
import { buttonClass } from "./button.tsx";

/** The search part (`?…`) of each page that exists, as `apiListQuery` gives it. */
export interface Links {
  readonly prev?: string;
  readonly next?: string;
}

interface Props {
  readonly links: Links;
  /** The page's own search, whose other parameters stay. */
  readonly search: URLSearchParams;
  readonly label?: string | undefined;
  /** What the cursor is called in the page's address, where another list has the name. */
  readonly parameter?: string | undefined;
}

/** To the page before and after, where they exist. Plain links, so that each page has an address. */
export function Pagination({ links, search, label = "Pages", parameter }: Props) {
  if (links.prev === undefined && links.next === undefined) return null;
  return (
    <nav aria-label={label} className="flex items-center justify-center gap-2 py-4">
      <Step href={pageHref(links.prev, search, parameter)} rel="prev" />
      <Step href={pageHref(links.next, search, parameter)} rel="next" />
    </nav>
  );
}

function Step({ href, rel }: { readonly href: string | undefined; readonly rel: "prev" | "next" }) {
  const inner =
    rel === "prev" ? (
      <>
        <ChevronLeft aria-hidden="true" /> Previous
      </>
    ) : (
      <>
        Next <ChevronRight aria-hidden="true" />
      </>
    );
  const look = buttonClass({ variant: "ghost", size: "sm" });
  return href === undefined ? (
    <span className={`${look} invisible`}>{inner}</span>
  ) : (
    <a href={href} rel={rel} className={look}>
      {inner}
    </a>
  );
}

/** The page's address with the cursor (or page number) of a neighbour in place of its own. */
export function pageHref(
  link: string | undefined,
  search: URLSearchParams,
  parameter?: string,
): string | undefined {
  if (link === undefined) return undefined;
  const next = new URLSearchParams(search);
  if (parameter !== undefined) {
    next.set(parameter, new URLSearchParams(link).get("cursor") ?? "");
    return `?${next}`;
  }
  for (const name of ["cursor", "after", "before", "page"]) next.delete(name);
  for (const [name, value] of new URLSearchParams(link)) {
    if (["cursor", "after", "before", "page"].includes(name)) next.set(name, value);
  }
  return `?${next}`;
}
