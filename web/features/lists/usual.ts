/** What an address says of its list: every page needs it, and the language of queries only those that show one. */

/** What a list shows when its address says nothing. */
export const usual = "is:open";

/** The query of an address. */
export const lineOf = (search: URLSearchParams): string => search.get("q") ?? usual;
