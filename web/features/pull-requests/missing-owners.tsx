import type { PullData } from "./queries.ts";

type Missing = NonNullable<PullData["merge"]["requirements"][number]["missing"]>;

/** Shown at once; of a large change the rest is behind a line that opens. */
const few = 4;

/** Whose approval is missing, and for which files. */
export function MissingOwners({ missing }: { readonly missing: Missing }) {
  const [shown, rest] = [missing.slice(0, few), missing.slice(few)];
  return (
    <>
      <ul className="mt-1 flex flex-col gap-1 text-ink-2">
        {shown.map((one) => (
          <Line key={one.owners.join(" ") + one.paths[0]} {...one} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details className="mt-1">
          <summary className="text-ink-2">{rest.length} more</summary>
          <ul className="mt-1 flex flex-col gap-1 text-ink-2">
            {rest.map((one) => (
              <Line key={one.owners.join(" ") + one.paths[0]} {...one} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Line({ owners, paths, count }: Missing[number]) {
  return (
    <li className="min-w-0 [overflow-wrap:anywhere]">
      <bdi className="font-medium text-ink">{owners.join(" or ")}</bdi> for{" "}
      {paths.map((file, index) => (
        <span key={file}>
          {index > 0 && ", "}
          <span dir="ltr" className="font-mono text-code">
            {file}
          </span>
        </span>
      ))}
      {count > paths.length && ` and ${count - paths.length} more`}
    </li>
  );
}
