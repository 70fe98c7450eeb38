import { clsx } from "clsx";

interface Props {
  readonly current: "open" | "closed";
  readonly here: string;
  readonly counts?: { readonly open: number; readonly closed: number } | undefined;
}

/** Open ones or closed ones, each with an address. */
export const StateLinks = ({ current, here, counts }: Props) => (
  <nav aria-label="State" className="flex gap-3">
    {(["open", "closed"] as const).map((state) => (
      <a
        key={state}
        href={state === "open" ? here : `${here}?state=closed`}
        aria-current={current === state ? "true" : undefined}
        className={clsx(
          "inline-flex min-h-6 items-center gap-1 rounded-sm",
          current === state ? "font-medium text-ink" : "text-ink-2 hover:text-ink",
        )}
      >
        {counts && <span className="tabular">{counts[state].toLocaleString("en")}</span>}
        {state === "open" ? "Open" : "Closed"}
      </a>
    ))}
  </nav>
);
