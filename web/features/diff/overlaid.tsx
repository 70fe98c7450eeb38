import { useState } from "react";

/** A picture over another one, with a slider that says how much of it shows. */
export default function Overlaid(props: {
  readonly before: string;
  readonly after: string;
  readonly way: "swipe" | "onion";
  readonly name: string;
}) {
  const [at, setAt] = useState(50);
  const over = props.way === "swipe" ? { clipPath: `inset(0 0 0 ${at}%)` } : { opacity: String(at / 100) };
  return (
    <div className="grid justify-items-center gap-3">
      <div className="checkers relative grid max-w-full">
        <img
          src={props.before}
          alt={`${props.name} as it was`}
          className="col-start-1 row-start-1 max-h-[60vh] max-w-full"
        />
        <img
          src={props.after}
          alt={props.name}
          style={over}
          className="col-start-1 row-start-1 max-h-[60vh] max-w-full"
        />
        {props.way === "swipe" && (
          <span
            aria-hidden="true"
            style={{ left: `${at}%` }}
            className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-accent"
          />
        )}
      </div>
      <input
        type="range"
        min={0}
        max={100}
        value={at}
        onChange={(event) => setAt(Number(event.currentTarget.value))}
        aria-label={
          props.way === "swipe" ? "Where after begins, in percent" : "How much of after shows, in percent"
        }
        className="w-64 max-w-full accent-[var(--accent)]"
      />
    </div>
  );
}
