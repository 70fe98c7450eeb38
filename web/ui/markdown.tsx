import { clsx } from "clsx";

/** Words rendered by the server: its HTML is sanitized there (kernel/markup) and must come from nowhere else. */
export function Markdown({
  html,
  className,
}: {
  readonly html: string;
  readonly className?: string | undefined;
}) {
  return (
    <div dir="auto" className={clsx("markdown", className)} dangerouslySetInnerHTML={{ __html: html }} />
  );
}
