import { clsx } from "clsx";
import type { ReactNode } from "react";

/** The width of a page: 1280 px for text, all of it for boards, tables and diffs. */
export function Content({
  wide = false,
  narrow = false,
  className,
  children,
}: {
  readonly wide?: boolean;
  readonly narrow?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <div
      className={clsx(
        "mx-auto px-4 py-5 sm:px-6",
        !wide && (narrow ? "max-w-prose" : "max-w-page"),
        className,
      )}
    >
      {children}
    </div>
  );
}

/** The head of a page: its title, what it is about, and its acts. */
export function PageHead(props: {
  readonly title: ReactNode;
  readonly about?: ReactNode;
  readonly acts?: ReactNode;
}) {
  return (
    <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h1 dir="auto" className="text-xl tracking-[-0.01em]">
          {props.title}
        </h1>
        {props.about !== undefined && <div className="mt-0.5 text-base text-ink-2">{props.about}</div>}
      </div>
      {props.acts !== undefined && <div className="flex flex-wrap items-center gap-2">{props.acts}</div>}
    </header>
  );
}

/** Two columns: the matter, and 280 px of its properties; one below the other when narrow. */
export function Columns({ side, children }: { readonly side: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="grid gap-x-8 gap-y-6 md:grid-cols-[minmax(0,1fr)_280px]">
      <div className="min-w-0">{children}</div>
      <aside className="min-w-0">{side}</aside>
    </div>
  );
}

/** One property in the side column: its name, its value, and the control that changes it. */
export function Property(props: {
  readonly name: ReactNode;
  readonly edit?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="border-b border-line py-3 first:pt-0 last:border-b-0">
      <div className="mb-1 flex min-h-6 items-center justify-between">
        <h2 className="text-sm font-medium text-ink-2">{props.name}</h2>
        {props.edit}
      </div>
      <div className="text-sm">{props.children}</div>
    </section>
  );
}

/** A surface within the page between hairlines, with an optional head. */
export function Panel(props: {
  readonly head?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={clsx("overflow-clip rounded-lg border border-line", props.className)}>
      {props.head !== undefined && (
        <header className="flex min-h-10 items-center gap-2 border-b border-line bg-sunken px-3 py-1.5 text-sm">
          {props.head}
        </header>
      )}
      {props.children}
    </section>
  );
}
