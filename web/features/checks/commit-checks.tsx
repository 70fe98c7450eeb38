import type { WebCheckList } from "../../../api/client.gen.ts";
import { CheckIcon } from "./check-icon.tsx";
import { countsOf } from "./check-words.ts";
import { checksHref } from "./hrefs.ts";

interface Props {
  readonly at: { readonly owner: string; readonly repo: string };
  readonly list: WebCheckList;
}

/** How the checks of a commit stand, in a word that leads to them. Nothing where none was reported. */
export function CommitChecks({ at, list }: Props) {
  if (list.verdict === null) return null;
  return (
    <a href={checksHref(at, list.sha)} className="inline-flex items-center gap-1.5 hover:underline">
      <CheckIcon word={list.verdict} />
      {countsOf(list.counts)}
    </a>
  );
}
