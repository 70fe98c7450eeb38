import { ArrowRight, Equal, Minus, Plus } from "lucide-react";
import { tip } from "../../ui/tip.ts";
import { commitHref, shortSha } from "../code/hrefs.ts";
import type { At } from "./hrefs.ts";
import type { PullRevisionsData } from "./queries.ts";

type Pair = NonNullable<NonNullable<PullRevisionsData["comparison"]>["commits"]>[number];

/** The commits of two revisions, each with what became of it. */
export function CommitPairs({ at, pairs }: { readonly at: At; readonly pairs: readonly Pair[] }) {
  return (
    <ul className="rows border-y border-line" aria-label="Commits side by side">
      {pairs.map((pair) => (
        <li key={`${pair.before?.sha} ${pair.after?.sha}`} className="row px-3 py-2 text-sm">
          <PairLine at={at} pair={pair} />
          {pair.difference.length > 0 && <Difference pair={pair} />}
        </li>
      ))}
    </ul>
  );
}

const states = {
  same: [Equal, "The same", "text-ink-3"],
  changed: [ArrowRight, "Changed", "text-warning"],
  gone: [Minus, "Gone", "text-closed"],
  added: [Plus, "New", "text-open"],
} as const;

const stateOf = ({ before, after, same }: Pair): keyof typeof states =>
  !before ? "added" : !after ? "gone" : same ? "same" : "changed";

function PairLine({ at, pair }: { readonly at: At; readonly pair: Pair }) {
  const [Icon, word, ink] = states[stateOf(pair)];
  const { before, after } = pair;
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
      <span className={`flex h-5 w-24 shrink-0 items-center gap-1.5 ${ink}`}>
        <Icon aria-hidden="true" />
        {word}
      </span>
      <span dir="auto" className="min-w-0 grow basis-48 leading-5 [overflow-wrap:anywhere]">
        {before && after && before.subject !== after.subject ? (
          <>
            <s className="text-ink-2">{before.subject}</s> {after.subject}
          </>
        ) : (
          (after ?? before)?.subject || "(no message)"
        )}
      </span>
      <span className="flex h-5 items-center gap-1.5 font-mono text-code text-ink-2">
        {[before, after].map((one, index) =>
          one ? (
            <a
              key={index === 0 ? "before" : "after"}
              href={commitHref(at, one.sha)}
              className="hover:text-ink hover:underline"
              {...tip(index === 0 ? "As it was" : "As it is")}
            >
              {shortSha(one.sha)}
            </a>
          ) : (
            <span key={index === 0 ? "before" : "after"} aria-hidden="true" className="text-ink-3">
              {"·".repeat(7)}
            </span>
          ),
        )}
      </span>
    </div>
  );
}

const inks: Readonly<Record<string, string>> = {
  "+": "bg-added text-ink",
  "-": "bg-removed text-ink",
  "@": "text-ink-3",
};

/** The difference of two patches: the first column says which of the two has the line, the second is the patch's own. */
function Difference({ pair }: { readonly pair: Pair }) {
  return (
    <details className="mt-1.5 sm:ml-27">
      <summary className="w-fit cursor-pointer text-ink-2 hover:text-ink">How the patch changed</summary>
      <pre className="mt-1.5 overflow-x-auto rounded border border-line bg-sunken py-1.5 font-mono text-code">
        {pair.difference.map((line, index) => (
          <span
            // oxlint-disable-next-line react/no-array-index-key -- Lines repeat, and never move.
            key={index}
            className={`block w-fit min-w-full px-3 ${inks[line[0] ?? ""] ?? "text-ink-2"}`}
          >
            {line || " "}
          </span>
        ))}
      </pre>
      {pair.truncated && <p className="mt-1 text-ink-2">The rest is left out.</p>}
    </details>
  );
}
