import { useState } from "react";
import { bytesText } from "../code/sizes.ts";
import type { DiffFile } from "./lines.ts";

interface Props {
  readonly file: DiffFile;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly sizes?: { readonly old: number | null; readonly new: number | null } | undefined;
}

const ways = { sides: "Side by side", swipe: "Swipe", onion: "Onion skin" } as const;
type Way = keyof typeof ways;

/** A picture as it was and as it is: beside each other, or one over the other with a slider between them. */
export function Pictures({ file, before, after, sizes }: Props) {
  const [way, setWay] = useState<Way>("sides");
  const both = before !== undefined && after !== undefined;
  return (
    <div className="px-3 py-4">
      {way === "sides" || !both ? (
        <div className={both ? "grid gap-4 sm:grid-cols-2" : "grid"}>
          {before !== undefined && (
            <Framed src={before} label="Before" alt={`${file.path} as it was`} size={sizes?.old} old />
          )}
          {after !== undefined && <Framed src={after} label="After" alt={file.path} size={sizes?.new} />}
        </div>
      ) : (
        <Overlaid before={before} after={after} way={way} name={file.path} />
      )}
      {both && (
        <div role="group" aria-label="How to compare" className="js-only mt-3 flex justify-center gap-1">
          {(Object.keys(ways) as Way[]).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={way === one}
              onClick={() => setWay(one)}
              className="h-7 rounded px-2.5 text-sm text-ink-2 hover:bg-hover aria-pressed:bg-pressed aria-pressed:text-ink"
            >
              {ways[one]}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Framed(props: {
  readonly src: string;
  readonly label: string;
  readonly alt: string;
  readonly size: number | null | undefined;
  readonly old?: boolean;
}) {
  const [measures, setMeasures] = useState("");
  return (
    <figure className="grid min-w-0 content-end justify-items-center gap-2">
      <a
        href={props.src}
        data-native=""
        className={`block rounded border p-1 ${props.old ? "border-closed" : "border-open"}`}
      >
        <img
          src={props.src}
          alt={props.alt}
          loading="lazy"
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setMeasures(`${naturalWidth} × ${naturalHeight}`)
          }
          className="checkers max-h-[60vh] max-w-full"
        />
      </a>
      <figcaption className="tabular text-sm text-ink-2">
        <span className={`font-medium ${props.old ? "text-closed" : "text-open"}`}>{props.label}</span>
        {props.size !== null && props.size !== undefined && ` · ${bytesText(props.size)}`}
        {measures !== "" && ` · ${measures}`}
      </figcaption>
    </figure>
  );
}

function Overlaid(props: {
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
