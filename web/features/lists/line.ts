import { asksSame, readQuery, valuesOf, withValues } from "../../../language/query.ts";
import { usual } from "./usual.ts";

/** The address of a list with a query; the plain list has a plain address. */
export const listHref = (list: string, line: string): string =>
  asksSame(line, usual) ? list : `${list}?${new URLSearchParams({ q: line })}`;

/** The line that also demands a label. */
export function withLabel(line: string, label: string): string {
  const labels = valuesOf(readQuery(line).terms, "label");
  return withValues(line, "label", [...new Set([...labels, label])]);
}
