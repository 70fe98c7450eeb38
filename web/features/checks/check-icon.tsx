import { Ban, Check, CircleAlert, CircleDashed, CircleDot, Clock, Minus, SkipForward, X } from "lucide-react";
import type { ReactNode } from "react";
import { wordOf } from "./check-words.ts";

const looks: Readonly<Record<string, readonly [typeof Check, string]>> = {
  success: [Check, "text-open"],
  neutral: [Minus, "text-ink-3"],
  skipped: [SkipForward, "text-ink-3"],
  cancelled: [Ban, "text-closed"],
  timed_out: [Clock, "text-closed"],
  action_required: [CircleAlert, "text-closed"],
  in_progress: [CircleDot, "text-warning"],
  pending: [CircleDot, "text-warning"],
  queued: [CircleDashed, "text-warning"],
  requested: [CircleDashed, "text-warning"],
  waiting: [CircleDashed, "text-warning"],
  expected: [CircleDashed, "text-warning"],
};

/** The mark of what a check is at; its shape says it as well as its colour. */
export function CheckIcon({ word }: { readonly word: string }): ReactNode {
  const [Icon, tone] = looks[word] ?? [X, "text-closed"];
  return <Icon role="img" aria-label={wordOf(word)} className={`shrink-0 ${tone}`} />;
}
