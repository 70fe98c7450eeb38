/** The words of the filter: `is:closed author:bob label:"good first issue" sort:updated-desc and any words`. Pure. */

/** What the words ask for. Several labels are asked for together; of the others the last one counts. */
export interface Filter {
  readonly state: "open" | "closed" | "all";
  readonly author?: string;
  readonly assignee?: string;
  readonly milestone?: string;
  readonly base?: string;
  readonly labels: readonly string[];
  readonly sort?: (typeof orders)[number]["value"];
  readonly text: string;
}

/** The orders of the list, the usual one first. */
export const orders = [
  { value: "created-desc", label: "Newest" },
  { value: "created-asc", label: "Oldest" },
  { value: "updated-desc", label: "Lately changed" },
  { value: "comments-desc", label: "Most discussed" },
] as const;

const word = /(?:([a-z]+):)?("[^"]*"?|[^\s"]+)/gi;
const bare = (value: string): string => value.replaceAll('"', "");

export function parseFilter(text: string): Filter {
  const found: { -readonly [Name in keyof Filter]: Filter[Name] } = { state: "open", labels: [], text: "" };
  const rest: string[] = [];
  for (const [whole, name, quoted = ""] of text.matchAll(word)) {
    const value = bare(quoted);
    const key = name?.toLowerCase();
    if (key === "is" && (value === "open" || value === "closed" || value === "all")) found.state = value;
    else if (key === "label") found.labels = [...found.labels, value];
    else if (key === "author" || key === "assignee" || key === "milestone" || key === "base")
      found[key] = value;
    else if (key === "sort") {
      const order = orders.find((one) => one.value === value || one.value === `${value}-desc`);
      if (order) found.sort = order.value;
    } else if (!(key === "is" && (value === "pr" || value === "pull"))) rest.push(whole);
  }
  found.text = rest.join(" ");
  return found;
}

const quoted = (value: string): string => (/[\s"]/.test(value) ? `"${bare(value)}"` : value);

/** The words for a filter; what goes without saying is not said. */
export function writeFilter(filter: Filter): string {
  const named = (["author", "assignee", "milestone", "base"] as const).flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [`${name}:${quoted(value)}`];
  });
  return [
    ...(filter.state === "open" ? [] : [`is:${filter.state}`]),
    ...named,
    ...filter.labels.map((label) => `label:${quoted(label)}`),
    ...(filter.sort === undefined || filter.sort === orders[0].value ? [] : [`sort:${filter.sort}`]),
    ...(filter.text === "" ? [] : [filter.text]),
  ].join(" ");
}

export const filterOf = (search: URLSearchParams): Filter => parseFilter(search.get("q") ?? "");

/** The list's address with another filter, on its first page. */
export function filterHref(filter: Filter): string {
  const q = writeFilter(filter);
  return q === "" ? "?" : `?${new URLSearchParams({ q })}`;
}

/** What to ask the API for. */
export function askedBy(search: URLSearchParams) {
  const { state, author, assignee, milestone, base, labels, sort, text } = filterOf(search);
  const [by, direction] = (sort ?? orders[0].value).split("-") as [
    "created" | "updated" | "comments",
    "asc" | "desc",
  ];
  return {
    state,
    creator: author,
    assignee,
    milestone,
    base,
    labels: labels.length === 0 ? undefined : labels.join(","),
    sort: by,
    direction,
    text: text === "" ? undefined : text,
    cursor: search.get("cursor") ?? undefined,
  };
}
