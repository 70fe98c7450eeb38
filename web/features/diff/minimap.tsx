import type { MapMark } from "./map-marks.tsx";

/** Marks that are closer than this would lie over each other. */
const closest = 0.006;

/** A slim rail with a mark for each conversation, where it is in the whole diff. */
export default function Minimap({ marks }: { readonly marks: readonly MapMark[] }) {
  const shown: MapMark[] = [];
  for (const mark of marks.toSorted((a, b) => a.share - b.share)) {
    const last = shown.at(-1);
    if (!last || mark.share - last.share >= closest) shown.push(mark);
    else if (mark.open && !last.open) shown[shown.length - 1] = mark;
  }
  if (shown.length === 0) return null;
  return (
    <nav aria-label="Conversations" className="minimap">
      {shown.map(({ href, label, share, open }) => (
        <a
          key={href}
          href={href}
          aria-label={label}
          title={label}
          tabIndex={-1}
          data-open={open ? "" : undefined}
          style={{ top: `${(share * 100).toFixed(2)}%` }}
        />
      ))}
    </nav>
  );
}
