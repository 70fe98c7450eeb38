import { clsx } from "clsx";
import type { ComponentProps } from "react";

type Props = {
  readonly href: string;
  /** `text`: underlined within words. `plain`: as its surroundings, underlined under the pointer. `muted`: secondary. */
  readonly look?: "text" | "plain" | "muted" | undefined;
} & ComponentProps<"a">;

const looks = {
  text: "text-accent-ink underline decoration-current/35 underline-offset-2 hover:decoration-current",
  plain: "hover:underline underline-offset-2 decoration-current/50",
  muted: "text-ink-2 hover:text-ink hover:underline underline-offset-2 decoration-current/50",
} as const;

/** A link. Plain anchors everywhere: one listener turns those within the site into navigations and fetches ahead on intent. */
export function Link({ look = "text", className, ...rest }: Props) {
  return <a {...rest} className={clsx(looks[look], "rounded-sm", className)} />;
}
