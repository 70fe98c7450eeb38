import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { useField } from "./field.tsx";

type Size = { readonly small?: boolean | undefined; readonly mono?: boolean | undefined };

/** One line of text. Inside a `Field` it is named by it, and keeps what was typed when the form was refused. */
export function Input({ small, mono, className, defaultValue, ...rest }: ComponentProps<"input"> & Size) {
  const { attributes, typed } = useField();
  const start = rest.value === undefined ? { defaultValue: typed ?? defaultValue } : {};
  return (
    <input
      type="text"
      {...attributes}
      {...rest}
      {...start}
      className={clsx("control", small && "small", mono && "mono", className)}
    />
  );
}

/** Several lines; grows with what is typed. */
export function Textarea({
  small,
  mono,
  className,
  defaultValue,
  ...rest
}: ComponentProps<"textarea"> & Size) {
  const { attributes, typed } = useField();
  const start = rest.value === undefined ? { defaultValue: typed ?? defaultValue } : {};
  return (
    <textarea
      rows={4}
      {...attributes}
      {...rest}
      {...start}
      className={clsx("control", small && "small", mono && "mono", className)}
    />
  );
}

/** A choice of few, drawn by the system: pass `<option>`s. */
export function Select({
  small,
  className,
  defaultValue,
  ...rest
}: ComponentProps<"select"> & Omit<Size, "mono">) {
  const { attributes, typed } = useField();
  const start = rest.value === undefined ? { defaultValue: typed ?? defaultValue } : {};
  return (
    <select {...attributes} {...rest} {...start} className={clsx("control", small && "small", className)} />
  );
}
