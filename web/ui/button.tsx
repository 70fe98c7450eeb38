import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { tip } from "./tip.ts";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md";

interface Look {
  /** One primary act a screen. Danger: what cannot be taken back. */
  readonly variant?: ButtonVariant | undefined;
  readonly size?: ButtonSize | undefined;
}

/** `href` makes it a link. `reason` refuses: the control stays reachable and says why. */
export type ButtonProps = Look & {
  readonly href?: string | undefined;
  readonly icon?: ReactNode;
  /** The sentence that says why this cannot be done now. */
  readonly reason?: string | undefined;
  /** Sent, not yet answered. */
  readonly pending?: boolean | undefined;
  /** The shortcut that does the same, shown in the tooltip. */
  readonly keys?: string | undefined;
} & Omit<ComponentProps<"button">, "ref"> & { readonly ref?: React.Ref<HTMLButtonElement> | undefined };

const variants: Readonly<Record<ButtonVariant, string>> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border-transparent",
  secondary: "bg-surface text-ink border-line-strong hover:bg-hover active:bg-pressed",
  ghost: "border-transparent text-ink-2 hover:bg-hover hover:text-ink active:bg-pressed",
  danger:
    "bg-surface text-closed border-line-strong hover:bg-danger hover:text-on-accent hover:border-transparent",
};

const sizes: Readonly<Record<ButtonSize, string>> = {
  sm: "h-7 px-2 text-sm gap-1.5",
  md: "h-8 px-3 text-base gap-2",
};

const shape =
  "inline-flex items-center justify-center shrink-0 rounded border font-medium whitespace-nowrap select-none transition-colors";

/** The classes of a button, for what has to be another element. */
export const buttonClass = ({ variant = "secondary", size = "md" }: Look, more?: string): string =>
  clsx(shape, variants[variant], sizes[size], more);

/** A button that submits nothing unless `type="submit"`. */
export function Button(props: ButtonProps) {
  const { variant, size, href, icon, reason, pending, keys, className, children, disabled, ref, ...rest } =
    props;
  const refused = reason !== undefined || disabled === true;
  const look = buttonClass(
    { variant, size },
    clsx(
      refused && "opacity-55 hover:bg-transparent",
      variant === "primary" && refused && "hover:bg-accent",
      className,
    ),
  );
  const inner = (
    <>
      {pending ? <span className="late spinner" aria-hidden="true" /> : icon}
      {children}
    </>
  );
  if (href !== undefined && !refused) {
    return (
      <a href={href} className={look} {...(keys ? tip("", keys) : {})}>
        {inner}
      </a>
    );
  }
  return (
    <button
      type="button"
      {...rest}
      {...(reason !== undefined ? tip(reason) : keys ? tip("", keys) : {})}
      ref={ref}
      className={look}
      disabled={reason === undefined ? disabled : undefined}
      aria-disabled={refused || pending || undefined}
      aria-description={reason}
      onClick={refused || pending ? refuse : rest.onClick}
    >
      {inner}
    </button>
  );
}

const refuse = (event: React.MouseEvent): void => event.preventDefault();
