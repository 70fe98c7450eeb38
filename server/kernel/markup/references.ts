/** A mention of something in this forge, as written in a text. It may name something that does not exist. */
export type Reference =
  | {
      kind: "issue";
      key: string;
      /** `owner/name` as written, or null for the repository in which the text stands. */
      repository: string | null;
      number: number;
      /** Whether a closing keyword stands before it at least once. */
      closes: boolean;
    }
  | {
      kind: "user";
      key: string;
      /** The name without `@`: of a person, or of an organization when `team` is set. */
      name: string;
      team: string | null;
    }
  | { kind: "commit"; key: string; repository: string | null; sha: string };

export type IssueReference = Extract<Reference, { kind: "issue" }>;

/** Where a reference stands in a text. */
export type FoundReference = { start: number; end: number; reference: Reference };

const name = "[A-Za-z0-9][\\w-]{0,99}";
/** A team's may hold dots, but does not end in one. */
const team = "[A-Za-z0-9](?:[\\w.-]{0,98}\\w)?";
const repository = `${name}/[\\w.-]{1,100}`;
/** Every repetition is bounded and no match begins inside a word, so a scan is linear. */
const pattern = new RegExp(
  [
    `(?<![\\w/@#.-])(?:`,
    `@(?<user>${name})(?:/(?<team>${team}))?`,
    `|(?<issueIn>${repository})?#(?<number>[1-9]\\d{0,9})`,
    `|(?<commitIn>${repository})@(?<oid>[0-9a-f]{7,64})`,
    `|(?<sha>[0-9a-f]{7,64})`,
    `)(?!\\w)`,
  ].join(""),
  "g",
);
/** GitHub's closing keywords: https://docs.github.com/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue */
const closingKeyword = /(?<!\w)(?:close[sd]?|fix(?:es|ed)?|resolve[sd]?):?\s{1,4}$/i;
const largestNumber = 2 ** 31 - 1;

/** Whether `before`, the text in front of a reference, ends in a closing keyword. */
export function endsInClosingKeyword(before: string): boolean {
  return closingKeyword.test(before.slice(-16));
}

/**
 * All references in plain text, in order. `here` is the repository (`owner/name`) in which the text stands:
 * references to it get the same key with and without its name.
 */
export function findReferences(text: string, here?: string): FoundReference[] {
  const found: FoundReference[] = [];
  for (const match of text.matchAll(pattern)) {
    const { user, team, issueIn, number, commitIn, oid, sha } = match.groups ?? {};
    const before = () => text.slice(Math.max(0, match.index - 16), match.index);
    let reference: Reference | null = null;
    if (user !== undefined) reference = userReference(user, team);
    else if (number !== undefined)
      reference = issueReference(issueIn, Number(number), endsInClosingKeyword(before()), here);
    else if (oid !== undefined || sha !== undefined)
      reference = commitReference(commitIn, oid ?? sha ?? "", here);
    if (reference) found.push({ start: match.index, end: match.index + match[0].length, reference });
  }
  return found;
}

/** The references of a plain text such as a commit message: each once, in order of appearance. */
export function referencesInText(text: string, here?: string): Reference[] {
  return distinct(findReferences(text, here).map((found) => found.reference));
}

/** Each reference once, by key; `closes` when any of its appearances closes. */
export function distinct(references: Reference[]): Reference[] {
  const byKey = new Map<string, Reference>();
  for (const reference of references) {
    const known = byKey.get(reference.key);
    if (!known) byKey.set(reference.key, { ...reference });
    else if (known.kind === "issue" && reference.kind === "issue") known.closes ||= reference.closes;
  }
  return [...byKey.values()];
}

/** The thing that an address of this forge points at, and what of the address goes beyond it; or null. */
export function referenceOfUrl(
  url: string,
  forgeUrl: string,
  here?: string,
): { reference: Reference; rest: string } | null {
  if (!url.startsWith(`${forgeUrl}/`)) return null;
  const path = url.slice(forgeUrl.length + 1);
  const match =
    /^([A-Za-z0-9][\w-]{0,99}\/[\w.-]{1,100})\/(?:(?:issues|pull)\/([1-9]\d{0,9})|commit\/([0-9a-f]{7,64}))(?!\w)/.exec(
      path,
    );
  if (!match) return null;
  const [whole, inside = "", number, sha] = match;
  const reference =
    number === undefined
      ? commitReference(inside, sha ?? "", here)
      : issueReference(inside, Number(number), false, here);
  return reference && { reference, rest: path.slice(whole.length) };
}

function userReference(written: string, writtenTeam: string | undefined): Reference {
  const user = trimName(written);
  const team = writtenTeam === undefined || user !== written ? null : trimName(writtenTeam);
  return {
    kind: "user",
    key: `@${team === null ? user : `${user}/${team}`}`.toLowerCase(),
    name: user,
    team,
  };
}

/** A name does not end in a hyphen or underscore: `_@alice_` mentions alice. */
function trimName(written: string): string {
  return written.replace(/[-_]{1,100}$/, "");
}

function issueReference(
  inside: string | undefined,
  number: number,
  closes: boolean,
  here?: string,
): Reference | null {
  if (number > largestNumber) return null;
  const repository = elsewhere(inside, here);
  return { kind: "issue", key: `${repository?.toLowerCase() ?? ""}#${number}`, repository, number, closes };
}

function commitReference(inside: string | undefined, sha: string, here?: string): Reference {
  const repository = elsewhere(inside, here);
  return {
    kind: "commit",
    key: repository === null ? sha : `${repository.toLowerCase()}@${sha}`,
    repository,
    sha,
  };
}

function elsewhere(inside: string | undefined, here: string | undefined): string | null {
  return inside === undefined || inside.toLowerCase() === here?.toLowerCase() ? null : inside;
}
