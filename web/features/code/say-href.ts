import { withParams } from "../diff/diff-query.ts";
import { pullHref } from "../pull-requests/hrefs.ts";
import { placeName } from "../pull-requests/places.ts";
import { commitHref, type At } from "./hrefs.ts";

/** Where a file can be spoken of: the review of the open pull request of its branch, or the commit that wrote it. */
export interface SayAt {
  readonly at: At;
  readonly path: string;
  readonly pull: number | null;
  readonly commit: string;
}

export interface Lines {
  readonly from: number;
  readonly to: number;
}

const nothing = new URLSearchParams();

/** The form of a comment on lines, or without them on the file. What is said of a commit is about one line: the last. */
export function sayHref({ at, path, pull, commit }: SayAt, lines?: Lines): string {
  if (pull === null) {
    const comment = lines ? `${path}:${lines.to}` : path;
    return `${commitHref(at, commit)}${withParams(nothing, { comment })}#new-comment`;
  }
  const place = lines
    ? { path, side: "new" as const, line: lines.to, startLine: lines.from }
    : { path, line: undefined };
  // The whole change: since a former review the lines could have other numbers.
  return `${pullHref(at, pull, "files")}${withParams(nothing, { from: "base", comment: placeName(place) })}`;
}

/** What the way there is called. */
export const sayWords = ({ pull }: SayAt, lines?: Lines): string => {
  const about = !lines
    ? "this file"
    : lines.from === lines.to || pull === null
      ? `line ${lines.to}`
      : `lines ${lines.from} to ${lines.to}`;
  return pull === null ? `Comment on ${about}` : `Comment on ${about} in #${pull}`;
};
