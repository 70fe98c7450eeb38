import { useRead } from "../../app/query.ts";
import { Link } from "../../ui/link.tsx";
import { FoundIssuesList } from "../search/found-issues.tsx";
import { waiting, waitingQuery } from "./waiting-queries.ts";

/** What waits for the reader, and what of theirs is under way. Nothing when there is none. */
export function Waiting() {
  return (
    <>
      {waiting.map((one) => (
        <Part key={one.title} {...one} />
      ))}
    </>
  );
}

function Part({ title, q }: (typeof waiting)[number]) {
  const { items, total_count: total } = useRead(waitingQuery(q));
  if (items.length === 0) return null;
  return (
    <section className="mb-7">
      <div className="flex min-h-8 items-center justify-between border-b border-line pb-1">
        <h2 className="text-lg">{title}</h2>
        {total > items.length && (
          <Link
            href={`/search?${new URLSearchParams({ type: "issues", q })}`}
            look="muted"
            className="text-sm"
          >
            All {total}
          </Link>
        )}
      </div>
      <FoundIssuesList items={items} />
    </section>
  );
}
