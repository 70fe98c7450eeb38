import { clsx } from "clsx";
import { Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useForm } from "./form-context.ts";

/** The refusal of the whole form, where there is one; of the field that is not shown, when that is wrong. Put it above the buttons. */
export function FormRefusal({ hidden }: { readonly hidden?: string }) {
  const { refused } = useForm();
  if (!refused) return null;
  return <Notice tone="danger">{(hidden && refused.errors[hidden]) || refused.message}</Notice>;
}

/** A sentence that stands apart: what went wrong, what to know first. */
export function Notice(props: {
  readonly tone: "danger" | "warning" | "info";
  readonly children: ReactNode;
}) {
  const tones = {
    danger: "bg-closed-soft text-closed",
    warning: "bg-warning-soft text-warning",
    info: "bg-accent-soft text-accent-ink",
  } as const;
  const Icon = props.tone === "info" ? Info : TriangleAlert;
  return (
    <div
      role={props.tone === "danger" ? "alert" : "note"}
      className={clsx("flex items-start gap-2 rounded px-3 py-2 text-sm leading-5", tones[props.tone])}
    >
      <Icon aria-hidden="true" className="mt-0.5" />
      <div className="min-w-0">{props.children}</div>
    </div>
  );
}

/** The buttons at the end of a form: the primary one first in the order of reading. */
export function FormActions({ children }: { readonly children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2 pt-1">{children}</div>;
}

/** A part of a settings page: what it is on the left, its own form on the right; one column when narrow. */
export function FormSection(props: {
  readonly title: ReactNode;
  readonly about?: ReactNode;
  readonly danger?: boolean | undefined;
  readonly children: ReactNode;
}) {
  return (
    <section className="grid gap-x-10 gap-y-4 border-t border-line py-6 first:border-t-0 first:pt-0 lg:grid-cols-[240px_minmax(0,1fr)]">
      <div>
        <h2 className={clsx("text-base font-semibold", props.danger && "text-closed")}>{props.title}</h2>
        {props.about !== undefined && <p className="mt-1 text-sm text-ink-2">{props.about}</p>}
      </div>
      <div className="flex max-w-prose flex-col gap-4">{props.children}</div>
    </section>
  );
}
