import { Notice } from "../../ui/form.tsx";
import { withParams } from "../diff/diff-query.ts";
import { pullHref, type At } from "./hrefs.ts";
import type { PullFilesData } from "./queries.ts";

interface Props {
  readonly at: At;
  readonly number: number;
  readonly range: PullFilesData["range"];
  readonly search: URLSearchParams;
}

/** Says which part of a pull request is shown, where that is not all of it, and leads to the rest. */
export function RangeNotice({ at, number, range, search }: Props) {
  const { from, to, last, reviewed } = range;
  const link = (words: string, changes: { from?: string | undefined; to?: string | undefined }) => (
    <a className="underline" href={withParams(search, { file: undefined, comment: undefined, ...changes })}>
      {words}
    </a>
  );
  const all = link("Show all changes", { from: "base", to: undefined });
  if (range.unable !== null)
    return (
      <Notice tone="warning">
        {range.unable}, so all changes are shown.{" "}
        <a className="underline" href={`${pullHref(at, number, "revisions")}?from=${reviewed ?? 1}&to=${to}`}>
          Compare the commits
        </a>
      </Notice>
    );
  if (range.by_default && range.same === true)
    return (
      <Notice tone="info">
        The change is the same as when you reviewed it, at revision {reviewed}: only the commits or the base
        are others.
      </Notice>
    );
  if (from !== null)
    return (
      <Notice tone="info">
        {range.by_default
          ? `What changed since your review of revision ${from}, without what the base brought in.`
          : `What changed from revision ${from} to ${to}, without what the base brought in.`}{" "}
        {all}
      </Notice>
    );
  if (to !== last)
    return (
      <Notice tone="info">
        This is revision {to} of {last}. {link("Show the newest", { from: "base", to: undefined })}
      </Notice>
    );
  if (reviewed !== null && reviewed < last && search.get("since") === null)
    return (
      <p className="mb-2 text-sm text-ink-2">
        You reviewed revision {reviewed}.{" "}
        {link("Show what changed since", { from: String(reviewed), to: undefined })}
      </p>
    );
  return null;
}
