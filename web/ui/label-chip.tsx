import { clsx } from "clsx";

interface Props {
  readonly name: string;
  /** Six hexadecimal digits, with or without `#`; anything else is drawn grey. */
  readonly color: string;
  readonly description?: string | null | undefined;
  /** Makes it a link, such as to the list filtered by it. */
  readonly href?: string | undefined;
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
