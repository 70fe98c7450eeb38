/** What addresses of lists say, without reading the language of queries: every page needs this, and few show a list. */
import { valueWritten } from "../../../language/write.ts";

/** What a list shows when its address says nothing. */
export const usual = "is:open";

/** The query of an address. */
export const lineOf = (search: URLSearchParams): string => search.get("q") ?? usual;

/** The address of the usual list with a label. */
export const labelledHref = (list: string, label: string): string =>
  `${list}?${new URLSearchParams({ q: `${usual} label:${valueWritten(label)}` })}`;
