import { clsx } from "clsx";

interface Props {
  readonly name: string;
  /** Six hexadecimal digits, with or without `#`; anything else is drawn grey. */
  readonly color: string;
  readonly description?: string | null | undefined;
  /** Makes it a link, such as to the list filtered by it. */
  readonly href?: string | undefined;
}

/** How many labels stand in a row of a list. */
const most = 8;

interface ChipsProps {
  readonly labels: readonly (Omit<Props, "href"> & { readonly id: number })[];
  readonly href?: ((name: string) => string) | undefined;
}

/** The labels of a row of a list: when there are very many, the first, and how many more. */
export function LabelChips({ labels, href }: ChipsProps) {
  const more = labels.slice(most);
  return (
    <>
      {labels.slice(0, most).map((label) => (
        <LabelChip key={label.id} {...label} href={href?.(label.name)} />
      ))}
      {more.length > 0 && (
        <span className="text-xs text-ink-2" title={more.map(({ name }) => name).join(", ")}>
          +{more.length}
          <span className="sr-only"> more labels</span>
        </span>
      )}
    </>
  );
}

/** A repository's label. Its words keep their contrast whatever its colour (see `.label` in things.css). */
export function LabelChip({ name, color, description, href }: Props) {
  const hex = /^#?([0-9a-f]{6})$/i.exec(color)?.[1];
  const look = clsx(
    "label inline-flex h-5 max-w-60 shrink-0 items-center rounded-full px-2 text-xs font-medium whitespace-nowrap",
    href !== undefined && "hover:underline",
  );
  const style = hex === undefined ? undefined : ({ "--label": `#${hex}` } as React.CSSProperties);
  const inner = <span className="truncate">{name}</span>;
  const about = description ? { "data-tip": description } : {};
  return href === undefined ? (
    <span className={look} style={style} {...about}>
      {inner}
    </span>
  ) : (
    <a href={href} className={look} style={style} {...about}>
      {inner}
    </a>
  );
}
