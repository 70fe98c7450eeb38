import type { Choices } from "../issues/at.ts";
import { BulkBar } from "./bulk-bar.tsx";
import type { Counts } from "./counts.ts";
import { Facets } from "./facets.tsx";
import type { Selection } from "./selection.ts";
import { States } from "./states.tsx";

interface Props {
  readonly list: string;
  readonly line: string;
  readonly kind: "issue" | "pr";
  readonly facets: Choices;
  readonly viewer: string | undefined;
  readonly counts: Counts;
  readonly selection: Selection;
  readonly lines: Parameters<typeof BulkBar>[0]["lines"];
  readonly operations: string;
}

/** Above the rows: states and filters, or what can be done with the ticked ones. */
export function ListHead({ selection, lines, operations, ...rest }: Props) {
  if (selection.numbers.length > 0)
    return <BulkBar operations={operations} lines={lines} selection={selection} facets={rest.facets} />;
  return (
    <div className="flex grow flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <States list={rest.list} line={rest.line} kind={rest.kind} counts={rest.counts} />
      <Facets list={rest.list} line={rest.line} kind={rest.kind} facets={rest.facets} viewer={rest.viewer} />
    </div>
  );
}

/** What completion knows of a repository. */
export const knownOf = (facets: Choices) => ({
  people: facets.assignees.map((person) => person.login),
  labels: facets.labels.map((label) => label.name),
  milestones: facets.milestones.map(({ title }) => title),
});
