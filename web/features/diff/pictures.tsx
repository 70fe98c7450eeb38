import { Suspense, lazy, useState } from "react";
import { bytesText } from "../code/sizes.ts";
import type { DiffFile } from "./lines.ts";

interface Props {
  readonly file: DiffFile;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly sizes?: { readonly old: number | null; readonly new: number | null } | undefined;
}

const Overlaid = lazy(() => import("./overlaid.tsx"));

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
        <Suspense fallback={<div className="min-h-60" />}>
          <Overlaid before={before} after={after} way={way} name={file.path} />
        </Suspense>
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
