import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/input.tsx";
import { revisionWords } from "./revision-words.ts";
import type { Revision } from "./queries.ts";

interface Props {
  readonly revisions: readonly Revision[];
  /** Null for the base. */
  readonly from: number | null;
  readonly to: number;
  /** Offers the base as the beginning: the whole change. */
  readonly withBase?: boolean;
  readonly search: URLSearchParams;
}

/** Which of two revisions are compared: a form whose address says it, so that it works without JavaScript too. */
export function RevisionPicker({ revisions, from, to, withBase = false, search }: Props) {
  const kept = [...search].filter(([name]) => name === "w" || name === "diff");
  return (
    <form
      key={`${from} ${to}`}
      method="get"
      className="flex items-center gap-1.5"
      onChange={(event) => event.currentTarget.requestSubmit()}
    >
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Select
        small
        name="from"
        aria-label="From"
        defaultValue={from === null ? "base" : String(from)}
        className="w-36 sm:w-56"
      >
        {withBase && <option value="base">the base</option>}
        {revisions.map((one) => (
          <option key={one.number} value={one.number}>
            {revisionWords(one)}
          </option>
        ))}
      </Select>
      <span className="text-ink-3">to</span>
      <Select small name="to" aria-label="To" defaultValue={String(to)} className="w-36 sm:w-56">
        {revisions.map((one) => (
          <option key={one.number} value={one.number}>
            {revisionWords(one)}
          </option>
        ))}
      </Select>
      <noscript>
        <Button size="sm" type="submit">
          Show
        </Button>
      </noscript>
    </form>
  );
}
