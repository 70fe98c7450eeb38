import { CalendarClock, CalendarCheck, Calendar } from "lucide-react";
import type { Milestone } from "../../../api/client.gen.ts";
import { useClock } from "../../ui/clock.tsx";

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** When a milestone is due, or was reached; late ones say so. */
export function Due({
  milestone,
}: {
  readonly milestone: Pick<Milestone, "state" | "due_on" | "closed_at">;
}) {
  const { now } = useClock();
  const { due_on: due, closed_at: closed } = milestone;
  if (milestone.state === "closed") {
    return (
      <span className="inline-flex items-center gap-1.5">
        <CalendarCheck aria-hidden="true" className="size-3.5" /> Closed
        {closed === null ? "" : ` on ${day.format(Date.parse(closed))}`}
      </span>
    );
  }
  if (due === null) {
    return (
      <span className="inline-flex items-center gap-1.5">
        <Calendar aria-hidden="true" className="size-3.5" /> No due date
      </span>
    );
  }
  const late = Date.parse(due) + 86_400_000 < now;
  return (
    <span
      className={late ? "inline-flex items-center gap-1.5 text-closed" : "inline-flex items-center gap-1.5"}
    >
      <CalendarClock aria-hidden="true" className="size-3.5" />
      {late ? "Was due" : "Due"} on {day.format(Date.parse(due))}
    </span>
  );
}
