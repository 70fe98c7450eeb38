import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { tip } from "./tip.ts";

type Props = {
  /** What it does: read aloud, and shown as the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys?: string | undefined;
  readonly size?: "sm" | "md" | undefined;
  readonly href?: string | undefined;
  readonly pressed?: boolean | undefined;
} & Omit<ComponentProps<"button">, "children">;

const shape =
  "inline-grid place-items-center shrink-0 rounded text-ink-2 hover:bg-hover hover:text-ink active:bg-pressed transition-colors aria-pressed:bg-accent-soft aria-pressed:text-accent-ink";

/** A square button that shows only an icon. 28 px, or 24 in dense rows. */
export function IconButton({ label, icon, keys, size = "md", href, pressed, className, ...rest }: Props) {
  const look = clsx(shape, size === "md" ? "size-7" : "size-6", className);
  if (href !== undefined) {
    return (
      <a href={href} aria-label={label} className={look} {...tip(label, keys)}>
        {icon}
      </a>
    );
  }
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      {...tip(label, keys)}
      {...rest}
      className={look}
    >
      {icon}
    </button>
  );
}
