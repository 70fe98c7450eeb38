import type { Kind } from "./queries.ts";

const examples: Readonly<Record<Kind, readonly (readonly [query: string, meaning: string])[]>> = {
  repositories: [
    ["parser", "in the name or the description"],
    ["stars:>10 is:public", "public, with more than ten stars"],
    ["user:alice fork:true", "of one person, forks too"],
    ["pushed:>2026-01-01", "pushed to since then"],
  ],
  issues: [
    ['is:open label:bug "several words in a row"', "open bugs that say just this"],
    ["is:pr author:@me is:open", "your open pull requests"],
    ["assignee:@me -label:later", "yours, without a label"],
    ["repo:alice/demo closed:>2026-01-01 sort:updated", "closed lately in one repository"],
  ],
  users: [
    ["ali", "in the name"],
    ["type:org", "organizations only"],
    ["repos:>5", "with more than five repositories"],
  ],
};

/** What one can ask for, to be pressed and changed. */
export function Hints({ kind }: { readonly kind: Kind }) {
  return (
    <section aria-label="Examples" className="px-3 py-5">
      <h2 className="mb-2 text-sm font-medium text-ink-2">For example</h2>
      <ul className="flex flex-col gap-2 text-sm">
        {examples[kind].map(([query, meaning]) => (
          <li key={query} className="flex flex-wrap gap-x-3 gap-y-0.5">
            <a
              href={`?${new URLSearchParams({ q: query, type: kind })}`}
              className="rounded-sm bg-n4 px-1.5 py-0.5 font-mono text-code hover:underline"
            >
              {query}
            </a>
            <span className="text-ink-2">{meaning}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
