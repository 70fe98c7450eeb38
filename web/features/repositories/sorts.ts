/** Orders of a list of repositories, as addresses and people name them. */
export const sorts = [
  { value: "pushed", label: "Last pushed" },
  { value: "stars", label: "Most stars" },
  { value: "created", label: "Newest" },
  { value: "full_name", label: "Name" },
] as const;

export type Sort = (typeof sorts)[number]["value"];

export const sortOf = (search: URLSearchParams): Sort | undefined =>
  sorts.find(({ value }) => value === search.get("sort"))?.value;
