/** What a pushed name and the options beside it ask for: `refs/for/<branch>[/<topic>]` and `git push -o key=value`. Pure. */
import { branchNameProblem } from "../../../git/names.ts";

/** The topic of those who name none: a second push like it goes on with the first. */
export const plainTopic = "proposal";

export interface ProposalRequest {
  readonly branch: string;
  readonly topic: string;
  /** Said by the person, or left to us. */
  readonly isNamed: boolean;
  readonly title: string | null;
  readonly body: string | null;
  /** Null leaves it as it is, which for a new one is ready. */
  readonly isDraft: boolean | null;
  readonly force: boolean;
}

const mostTitle = 256;

/**
 * Reads a pushed name. Branches and topics may both have slashes, so the longest branch that exists is meant.
 *
 * @param ref of `isProposalRef`
 * @returns what is asked for, or why it cannot be understood
 */
export function readProposal(
  ref: string,
  options: readonly string[],
  isBranch: (name: string) => boolean,
): ProposalRequest | string {
  const drafts = ref.startsWith("refs/drafts/");
  const name = ref.slice(drafts ? "refs/drafts/".length : "refs/for/".length);
  const branch = longestBranch(name, isBranch);
  if (branch === null) return `there is no branch ${name}`;
  const said = optionsOf(options);
  const behind = name.slice(branch.length + 1);
  const option = said.get("topic")?.trim() ?? "";
  if (behind !== "" && option !== "" && behind !== option)
    return `the topic is ${behind} in the name and ${option} in the option`;
  const topic = behind || option || plainTopic;
  if (branchNameProblem(topic) !== null) return "a topic is named like a branch";
  const title = said.get("title")?.trim().slice(0, mostTitle).toWellFormed();
  const description = said.get("description");
  const draft = switchOf(said.get("draft"));
  return {
    branch,
    topic,
    isNamed: behind !== "" || option !== "",
    title: title ? title : null,
    // An option is one line; `\n` in it begins another.
    body: description === undefined ? null : description.replaceAll("\\n", "\n").trim().toWellFormed(),
    isDraft: draft ?? (drafts ? true : null),
    force: switchOf(said.get("force-push")) === true,
  };
}

function longestBranch(name: string, isBranch: (name: string) => boolean): string | null {
  for (let end = name.length; end > 0; end = name.lastIndexOf("/", end - 1)) {
    const candidate = name.slice(0, end);
    if (isBranch(candidate)) return candidate;
  }
  return null;
}

/** The last of several counts; what we do not know is for others. */
function optionsOf(options: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    options.map((option): [string, string] => {
      const equals = option.indexOf("=");
      return equals < 0 ? [option, ""] : [option.slice(0, equals), option.slice(equals + 1)];
    }),
  );
}

/** `-o draft` and `-o draft=true` say yes, `-o draft=false` says no. */
function switchOf(value: string | undefined): boolean | null {
  if (value === undefined) return null;
  return value !== "false";
}
