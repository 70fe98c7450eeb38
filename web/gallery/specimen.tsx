import type { ReactNode } from "react";

/** A group of specimens under one heading. */
export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = title.toLowerCase().replaceAll(/\W+/g, "-");
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="border-t border-line py-6">
      <h2 id={`${id}-title`} className="mb-4 text-lg font-semibold">
        {title}
      </h2>
      <div className="flex flex-col gap-5">{children}</div>
    </section>
  );
}

/** One specimen with its name. */
export function Specimen({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-2 md:grid-cols-[140px_minmax(0,1fr)]">
      <h3 className="pt-1 text-sm font-normal text-ink-3">{name}</h3>
      <div className="flex min-w-0 flex-wrap items-center gap-2">{children}</div>
    </div>
  );
}
