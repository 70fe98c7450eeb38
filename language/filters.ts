/** The filters of issues and pull requests: what each is called, what may follow its colon, and what it says in a sentence. */

/** What a filter's values are, for checking and for completing them. */
export type Values =
  | { readonly of: "choice"; readonly words: readonly Choice[] }
  | { readonly of: "person" | "label" | "milestone" | "branch" | "repository" | "owner" }
  | { readonly of: "time" | "number" };

export interface Choice {
  readonly word: string;
  readonly about: string;
  /** Only pull requests can be so. */
  readonly pulls?: true;
  /** Understood, and not offered: another spelling of the same. */
  readonly silent?: true;
}

export interface Filter {
  readonly name: string;
  readonly about: string;
  readonly values: Values;
  /** Only of pull requests. */
  readonly pulls?: true;
  /** Only one value makes sense, once. */
  readonly single?: true;
  /** Only where several repositories are searched. */
  readonly across?: true;
}

const choice = (word: string, about: string): Choice => ({ word, about });
const ofPulls = (word: string, about: string): Choice => ({ word, about, pulls: true });
const silent = (word: string): Choice => ({ word, about: "", silent: true });

const sortWords = ["created", "updated", "comments"] as const;
export type SortWord = (typeof sortWords)[number];

const orders: readonly Choice[] = [
  choice("created-desc", "The newest first"),
  choice("created-asc", "The oldest first"),
  choice("updated-desc", "What changed last first"),
  choice("updated-asc", "What has been quiet longest first"),
  choice("comments-desc", "The most discussed first"),
  choice("comments-asc", "The least discussed first"),
  ...sortWords.map(silent),
];

const things = (list: readonly [string, string, true?][]): readonly Choice[] =>
  list.map(([word, about, pulls]) => (pulls ? ofPulls(word, about) : choice(word, about)));

const carried = things([
  ["label", "a label"],
  ["assignee", "an assignee"],
  ["milestone", "a milestone"],
  ["reviewer", "somebody asked for a review", true],
]);

export const filters: readonly Filter[] = [
  {
    name: "is",
    about: "Its state or kind",
    values: {
      of: "choice",
      words: [
        choice("open", "Not closed"),
        choice("closed", "Closed or merged"),
        ofPulls("merged", "Merged"),
        ofPulls("unmerged", "Not merged"),
        ofPulls("draft", "Still a draft"),
        choice("issue", "Issues"),
        choice("pr", "Pull requests"),
        silent("pull-request"),
        choice("locked", "The conversation is locked"),
        choice("unlocked", "The conversation is not locked"),
        choice("public", "In a public repository"),
        choice("private", "In a private repository"),
      ],
    },
  },
  { name: "author", about: "Who opened it", values: { of: "person" } },
  { name: "assignee", about: "Whose it is; * is anybody", values: { of: "person" } },
  { name: "label", about: "Carries the label; a,b is either", values: { of: "label" } },
  { name: "milestone", about: "Belongs to the milestone, by title or #number", values: { of: "milestone" } },
  { name: "no", about: "Lacks something", values: { of: "choice", words: carried } },
  { name: "has", about: "Has something", values: { of: "choice", words: carried } },
  {
    name: "review-requested",
    about: "Whose review is awaited",
    values: { of: "person" },
    pulls: true,
  },
  { name: "reviewed-by", about: "Who has reviewed it", values: { of: "person" }, pulls: true },
  {
    name: "review",
    about: "What the reviewers decided",
    pulls: true,
    values: {
      of: "choice",
      words: [
        ofPulls("none", "Nobody has decided"),
        ofPulls("required", "An approval is required and lacking"),
        ofPulls("approved", "Approved"),
        ofPulls("changes_requested", "Somebody wants changes"),
      ],
    },
  },
  {
    name: "checks",
    about: "How the checks of its last commit stand",
    pulls: true,
    values: {
      of: "choice",
      words: [
        ofPulls("failing", "One failed"),
        ofPulls("pending", "One still runs"),
        ofPulls("passing", "All passed"),
        ofPulls("none", "None was reported"),
        silent("failure"),
        silent("success"),
      ],
    },
  },
  {
    name: "status",
    about: "As checks: failure, pending, success",
    pulls: true,
    values: { of: "choice", words: ["failure", "pending", "success"].map(silent) },
  },
  {
    name: "draft",
    about: "Whether it is a draft",
    pulls: true,
    values: { of: "choice", words: [ofPulls("true", "A draft"), ofPulls("false", "Ready for review")] },
  },
  { name: "head", about: "From this branch", values: { of: "branch" }, pulls: true },
  { name: "base", about: "Into this branch", values: { of: "branch" }, pulls: true },
  { name: "involves", about: "Opened, has, mentions or discusses it", values: { of: "person" } },
  { name: "mentions", about: "Who is mentioned in it", values: { of: "person" } },
  { name: "commenter", about: "Who has commented on it", values: { of: "person" } },
  {
    name: "linked",
    about: "Named together with the other kind",
    values: {
      of: "choice",
      words: [
        choice("pr", "An issue that a pull request names"),
        ofPulls("issue", "A pull request that names an issue"),
      ],
    },
  },
  { name: "created", about: "When it was opened: <2w, >=2026-01-01", values: { of: "time" } },
  { name: "updated", about: "When it last changed: <2w is within two weeks", values: { of: "time" } },
  { name: "closed", about: "When it was closed or merged", values: { of: "time" } },
  { name: "merged", about: "When it was merged", values: { of: "time" }, pulls: true },
  { name: "comments", about: "How many comments: >3, 1..5", values: { of: "number" } },
  {
    name: "in",
    about: "Where words are looked for",
    values: {
      of: "choice",
      words: [
        choice("title", "In titles"),
        choice("body", "In first texts"),
        choice("comments", "In comments"),
      ],
    },
  },
  { name: "sort", about: "The order", values: { of: "choice", words: orders }, single: true },
  {
    name: "type",
    about: "issue or pr",
    values: { of: "choice", words: ["issue", "pr"].map(silent) },
  },
  {
    name: "state",
    about: "open or closed",
    values: { of: "choice", words: ["open", "closed", "merged"].map(silent) },
  },
  { name: "repo", about: "In the repository owner/name", values: { of: "repository" }, across: true },
  { name: "user", about: "In repositories of the person", values: { of: "owner" }, across: true },
  { name: "org", about: "In repositories of the organization", values: { of: "owner" }, across: true },
];

const byName = new Map(filters.map((filter) => [filter.name, filter]));

export const filterNamed = (name: string): Filter | undefined => byName.get(name);

/** The names that `read` takes for filters of issues and pull requests. */
export const filterNames: ReadonlySet<string> = new Set(byName.keys());
