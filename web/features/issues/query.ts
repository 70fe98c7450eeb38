/**
 * The words by which a list of issues is narrowed, as they stand in the address: `is:open label:"good first issue" moon`.
 * A word that is no term is searched for in titles and texts.
 */
export interface IssueQuery {
  readonly state: "open" | "closed" | "all";
  readonly author?: string | undefined;
  /** A name, `none` or `*`. */
  readonly assignee?: string | undefined;
  readonly labels: readonly string[];
  /** A milestone's number, `none` or `*`. */
  readonly milestone?: string | undefined;
  readonly sort: Sort;
  readonly text: string;
}

export const sorts = [
  { value: "created-desc", label: "Newest" },
  { value: "created-asc", label: "Oldest" },
  { value: "updated-desc", label: "Recently updated" },
  { value: "updated-asc", label: "Least recently updated" },
  { value: "comments-desc", label: "Most discussed" },
] as const;

export type Sort = (typeof sorts)[number]["value"];

export const openIssues = "is:open";

const term = /(-?)(?:(is|author|assignee|label|milestone|sort|no):)?("[^"]*"?|\S+)/gi;

/** Reads the words. What cannot be understood is text: nothing that is typed is an error. */
export function parseQuery(words: string): IssueQuery {
  const query: { -readonly [K in keyof IssueQuery]: IssueQuery[K] } = {
    state: "all",
    labels: [],
    sort: "created-desc",
    text: "",
  };
  const text: string[] = [];
  for (const [whole, minus, name, quoted = ""] of words.matchAll(term)) {
    const value = quoted.replaceAll('"', "");
    const state = value.toLowerCase();
    const key = minus === "" ? name?.toLowerCase() : undefined;
    if (key === "is" && (state === "open" || state === "closed")) query.state = state;
    else if (key === "is" && state === "issue") continue;
    else if (key === "author") query.author = value;
    else if (key === "assignee") query.assignee = value;
    else if (key === "milestone") query.milestone = value;
    else if (key === "label") query.labels = [...new Set([...query.labels, value])];
    else if (key === "no" && state === "assignee") query.assignee = "none";
    else if (key === "no" && state === "milestone") query.milestone = "none";
    else if (key === "sort") query.sort = sorts.find((one) => one.value === state)?.value ?? query.sort;
    else text.push(whole);
  }
  query.text = text.join(" ");
  return query;
}

/** The words of a query, in one order. */
export function writeQuery(query: IssueQuery): string {
  return [
    query.state === "all" ? "" : `is:${query.state}`,
    written("author", query.author),
    written("assignee", query.assignee),
    ...query.labels.map((label) => written("label", label)),
    written("milestone", query.milestone),
    query.sort === "created-desc" ? "" : `sort:${query.sort}`,
    query.text,
  ]
    .filter((word) => word !== "")
    .join(" ");
}

const written = (name: string, value: string | undefined): string =>
  value === undefined || value === "" ? "" : `${name}:${/\s/.test(value) ? `"${value}"` : value}`;

/** The query of an address: open issues where it says nothing. */
export const queryOf = (search: URLSearchParams): IssueQuery => parseQuery(search.get("q") ?? openIssues);

/** The address of the list with a query; the plain list has a plain address. */
export function listHref(list: string, query: IssueQuery): string {
  const words = writeQuery(query);
  return words === openIssues ? list : `${list}?${new URLSearchParams({ q: words })}`;
}

/** True when more than the state narrows the list. */
export const isNarrowed = ({ author, assignee, labels, milestone, text }: IssueQuery): boolean =>
  author !== undefined ||
  assignee !== undefined ||
  milestone !== undefined ||
  labels.length > 0 ||
  text !== "";

/** What the API is asked for a query. */
export function apiFilter(query: IssueQuery) {
  const [sort, direction] = query.sort.split("-") as ["created" | "updated" | "comments", "asc" | "desc"];
  return {
    state: query.state,
    sort,
    direction,
    creator: query.author,
    assignee: query.assignee,
    milestone: query.milestone?.slice(0, 20),
    labels: query.labels.length === 0 ? undefined : query.labels.join(","),
    text: query.text === "" ? undefined : query.text.slice(0, 256),
  };
}
