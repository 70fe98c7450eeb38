/** What a pull request is called and says when nobody said anything. Pure. */

export interface SuggestedText {
  readonly title: string;
  readonly body: string;
}

interface Told {
  readonly subject: string;
  readonly message: string;
}

const mostTitle = 256;

/**
 * One commit speaks for itself; of several, the branch's name is the best title there is.
 *
 * @param commits those it brings, oldest first; two are enough to know
 * @param name of the branch or topic, null when nobody chose it
 */
export function suggestedText(commits: readonly Told[], name: string | null): SuggestedText {
  const [first] = commits;
  if (first && (commits.length === 1 || name === null)) {
    const [, ...rest] = first.message.trim().split("\n");
    return {
      title: titleOf(first.subject),
      body: commits.length === 1 ? storable(rest.join("\n").trim()) : "",
    };
  }
  const words = (name ?? "").split("/").at(-1)?.replaceAll(/[-_]+/g, " ").trim() ?? "";
  return { title: titleOf(words.charAt(0).toUpperCase() + words.slice(1)), body: "" };
}

// PostgreSQL stores neither NUL nor half a surrogate pair.
const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();
const titleOf = (text: string): string => storable(text.slice(0, mostTitle)).trim() || "Untitled";
