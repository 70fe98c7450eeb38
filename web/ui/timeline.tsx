import { clsx } from "clsx";
import type { ReactNode } from "react";

/** What happened, in order: comments as cards, everything else as single lines on a thread. */
export const Timeline = ({ children }: { readonly children: ReactNode }) => (
  <ol className="timeline flex flex-col">{children}</ol>
);

/** One line: who did what, when. */
export function TimelineEvent(props: {
  readonly icon: ReactNode;
  readonly id?: string;
  readonly children: ReactNode;
}) {
  return (
    <li id={props.id} className="timeline-item relative flex gap-3 py-1.5 pl-2">
      <span className="z-1 grid size-5 shrink-0 place-items-center rounded-full bg-surface text-ink-3 [&_.lucide]:size-3.5">
        {props.icon}
      </span>
      <div className="min-w-0 grow text-sm leading-5 text-ink-2">{props.children}</div>
    </li>
  );
}

interface CardProps {
  readonly avatar: ReactNode;
  readonly head: ReactNode;
  /** Buttons at the end of the head. */
  readonly acts?: ReactNode;
  readonly id?: string | undefined;
  readonly marked?: boolean | undefined;
  readonly children: ReactNode;
}

/** A comment: its head in one line, its words below. */
export function TimelineCard({ avatar, head, acts, id, marked, children }: CardProps) {
  return (
    <li id={id} className="timeline-item relative scroll-mt-16 py-2">
      <article
        className={clsx(
          "z-1 relative rounded-lg border bg-surface target-mark",
          marked ? "border-accent" : "border-line",
        )}
      >
        <header className="flex min-h-9 items-center gap-2 px-3 pt-2 text-sm">
          {avatar}
          <div className="flex min-w-0 grow flex-wrap items-baseline gap-x-1.5 text-ink-2">{head}</div>
          {acts}
        </header>
        <div className="px-3 pt-1 pb-3">{children}</div>
      </article>
    </li>
  );
}
