import { clsx } from "clsx";
import type { ReactNode } from "react";

export type Tone = "neutral" | "accent" | "open" | "merged" | "closed" | "warning";

const tones: Readonly<Record<Tone, string>> = {
  neutral: "border-line-strong text-ink-2",
  accent: "border-transparent bg-accent-soft text-accent-ink",
  open: "border-transparent bg-open-soft text-open",
  merged: "border-transparent bg-merged-soft text-merged",
  closed: "border-transparent bg-closed-soft text-closed",
  warning: "border-transparent bg-warning-soft text-warning",
};

/** A word about a thing: its visibility, a role, "archived". */
export function Badge(props: {
  readonly tone?: Tone | undefined;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-full border px-2 text-xs font-medium whitespace-nowrap [&_.lucide]:size-3",
        tones[props.tone ?? "neutral"],
      )}
    >
      {props.icon}
      {props.children}
    </span>
  );
}

/** A number beside a word. Nothing when zero, unless `zero`; above `most` that it is more. */
export function Counter({
  count,
  zero = false,
  most = Infinity,
}: {
  readonly count: number | undefined;
  readonly zero?: boolean;
  readonly most?: number;
}) {
  if (count === undefined || (count === 0 && !zero)) return null;
  return (
    <span className="tabular inline-grid h-[18px] min-w-[18px] place-items-center rounded-full bg-n4 px-1.5 text-xs leading-none font-medium text-ink-2">
      {count > most ? (
        <>
          <span aria-hidden="true">{most}+</span>
          <span className="sr-only">more than {most}</span>
        </>
      ) : (
        short(count)
      )}
    </span>
  );
}

/** 1234 → 1.2k */
export function short(count: number): string {
  if (count < 1000) return String(count);
  const [size, unit] = count < 999_950 ? [1000, "k"] : [1_000_000, "M"];
  const scaled = count / size;
  return `${scaled < 99.95 ? scaled.toFixed(1).replace(/\.0$/, "") : Math.round(scaled)}${unit}`;
}
