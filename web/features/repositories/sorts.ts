/** Orders of a list of repositories, as addresses and people name them. */
export const sorts = [
  { value: "pushed", label: "Last pushed" },
  { value: "stars", label: "Most stars" },
  { value: "created", label: "Newest" },
  { value: "full_name", label: "Name" },
] as const;

/** Parts of a list, as addresses and people name them. */
export const kinds = [
  { value: "all", label: "All" },
  { value: "sources", label: "Sources" },
  { value: "forks", label: "Forks" },
  { value: "templates", label: "Templates" },
] as const;

export const kindOf = (search: URLSearchParams) =>
  kinds.find(({ value }) => value === search.get("kind"))?.value;

export type Sort = (typeof sorts)[number]["value"];

export const sortOf = (search: URLSearchParams): Sort | undefined =>
  sorts.find(({ value }) => value === search.get("sort"))?.value;

/** Whether an address asks for less than the whole list. */
export const isNarrowed = (search: URLSearchParams): boolean =>
  (search.get("q") ?? "") !== "" || (kindOf(search) ?? "all") !== "all";
