import { ChevronLeft, ChevronRight } from "lucide-react";
import { buttonClass } from "./button.tsx";

interface Props {
  /** The search part (`?…`) of each page that exists, as `apiListQuery` gives it. */
  readonly links: { readonly prev?: string; readonly next?: string };
  /** The page's own search, whose other parameters stay. */
  readonly search: URLSearchParams;
  readonly label?: string | undefined;
}

/** To the page before and after, where they exist. Plain links, so that each page has an address. */
export function Pagination({ links, search, label = "Pages" }: Props) {
  if (links.prev === undefined && links.next === undefined) return null;
  return (
    <nav aria-label={label} className="flex items-center justify-center gap-2 py-4">
      <Step href={pageHref(links.prev, search)} rel="prev" />
      <Step href={pageHref(links.next, search)} rel="next" />
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
export function pageHref(link: string | undefined, search: URLSearchParams): string | undefined {
  if (link === undefined) return undefined;
  const next = new URLSearchParams(search);
  for (const name of ["cursor", "after", "before", "page"]) next.delete(name);
  for (const [name, value] of new URLSearchParams(link)) {
    if (["cursor", "after", "before", "page"].includes(name)) next.set(name, value);
  }
  return `?${next}`;
}
