import { TriangleAlert } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { Link } from "../../ui/link.tsx";
import type { blobPage } from "./routes.ts";

type Table = NonNullable<PageProps<typeof blobPage>["data"]["file"]["table"]>;

/** Comma-separated values as the table they are. `lines` is the address of the same file line by line. */
export function TableView({
  table,
  label,
  lines,
}: {
  readonly table: Table;
  readonly label: string;
  readonly lines: string;
}) {
  const { head, rows, more, problems } = table;
  const columns = rows.reduce((most, { cells }) => Math.max(most, cells.length), head.length);
  return (
    <>
      {problems.length > 0 && (
        <details className="border-b border-line px-3 py-2 text-sm">
          <summary className="w-fit cursor-pointer text-warning">
            <TriangleAlert aria-hidden="true" className="mr-1.5 inline" />
            {problems.length === 1
              ? "One row is"
              : `${problems.length === 20 ? "At least 20" : problems.length} rows are`}{" "}
            not as they should be
          </summary>
          <ul className="mt-2 grid gap-1 text-ink-2">
            {problems.map(({ line, message }, index) => (
              <li key={index}>
                <Link href={`${lines}#L${line}`}>Line {line}</Link>: {message}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="sheet" role="region" aria-label={label} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">Line</span>
              </th>
              {Array.from({ length: columns }, (_, index) => (
                <th key={index} scope="col" dir="auto">
                  {head[index]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, cells }) => (
              <tr key={line} id={`L${line}`}>
                <th scope="row">
                  <a href={`${lines}#L${line}`} aria-label={`Line ${line}`}>
                    {line}
                  </a>
                </th>
                {Array.from({ length: columns }, (_, index) => (
                  <td key={index} dir="auto">
                    {cells[index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more && (
        <p className="border-t border-line px-3 py-2 text-sm text-ink-2">
          The first {rows.length.toLocaleString("en")} rows
          {head.length >= 100 && ` and ${head.length} columns`} are shown.{" "}
          <Link href={lines}>See the lines</Link>
        </p>
      )}
    </>
  );
}
