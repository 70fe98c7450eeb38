import { withParams } from "../diff/diff-query.ts";
import { pullHref } from "../pull-requests/hrefs.ts";
import { placeName } from "../pull-requests/places.ts";
import { commitHref, type At } from "./hrefs.ts";

/** Where a file can be spoken of: the review of the open pull request of its branch, or the commit that wrote it. */
export interface SayAt {
  readonly at: At;
  readonly path: string;
  /** It may go to another repository: that of a fork's branch to its parent. */
  readonly pull: (At & { readonly number: number }) | null;
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
  return `${pullHref(pull, pull.number, "files")}${withParams(nothing, { from: "base", comment: placeName(place) })}`;
}

/** What the way there is called. */
export const sayWords = ({ at, pull }: SayAt, lines?: Lines): string => {
  const about = !lines
    ? "this file"
    : lines.from === lines.to || pull === null
      ? `line ${lines.to}`
      : `lines ${lines.from} to ${lines.to}`;
  if (pull === null) return `Comment on ${about}`;
  const place = `${pull.owner}/${pull.repo}`;
  // Addresses may be typed in any case.
  const isHere = place.toLowerCase() === `${at.owner}/${at.repo}`.toLowerCase();
  return `Comment on ${about} in ${isHere ? "" : place}#${pull.number}`;
};
