import { cloneElement, type ReactElement } from "react";
import { tip } from "./tip.ts";

/** Gives its child a tooltip. Where the child is your own element, spread `tip(text, keys)` instead. */
export function Tooltip(props: {
  readonly text: string;
  readonly keys?: string | undefined;
  readonly children: ReactElement<Record<string, unknown>>;
}) {
  return cloneElement(props.children, { ...tip(props.text, props.keys) });
}
