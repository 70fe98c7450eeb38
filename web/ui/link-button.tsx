import type { ComponentProps, ReactNode } from "react";
import { buttonClass, type ButtonSize, type ButtonVariant } from "./button.tsx";

type Props = ComponentProps<"a"> & {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly children: ReactNode;
};

/** A link that looks like a button, and may do its work in place. */
export const LinkButton = ({ variant, size = "sm", className, ...rest }: Props) => (
  <a {...rest} className={buttonClass({ variant, size }, className)} />
);
