import type { Selection } from "./selection.ts";

/** The tick of a row; `x` ticks the row at hand. Only with JavaScript, as there is nothing to do with it without. */
export const RowTick = ({
  number,
  title,
  selection,
}: {
  readonly number: number;
  readonly title: string;
  readonly selection: Selection | undefined;
}) =>
  selection && (
    <input
      type="checkbox"
      className="tick target js-only"
      aria-label={`Select #${number} ${title}`}
      checked={selection.has(number)}
      onChange={() => selection.toggle(number)}
    />
  );
