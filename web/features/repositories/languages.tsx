import type { RepositorySubject } from "./layout.ts";

type Language = RepositorySubject["languages"][number];

/** A language by name, with a dot where its colour was looked up. */
export function LanguageDot({ name, color }: { readonly name: string; readonly color?: string | null }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      {color !== undefined && (
        <span
          aria-hidden="true"
          className="size-2 rounded-full bg-n7"
          style={color === null ? undefined : { background: color }}
        />
      )}
      {name}
    </span>
  );
}

const most = 6;

/** What a repository is written in: a bar, and the parts by name. */
export function Languages({ languages }: { readonly languages: readonly Language[] }) {
  const total = languages.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total === 0) return null;
  const shown = languages.slice(0, most);
  const rest = total - shown.reduce((sum, { bytes }) => sum + bytes, 0);
  const parts = rest > 0 ? [...shown, { name: "Other", color: null, bytes: rest }] : shown;
  const percent = (bytes: number) => `${((bytes / total) * 100).toFixed(1)}%`;
  return (
    <>
      <div aria-hidden="true" className="mb-2 flex h-2 gap-0.5 overflow-hidden rounded-full">
        {parts.map(({ name, color, bytes }) => (
          <span
            key={name}
            className="bg-n7"
            style={{ width: percent(bytes), minWidth: 3, ...(color ? { background: color } : {}) }}
          />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {parts.map(({ name, color, bytes }) => (
          <li key={name} className="inline-flex items-center gap-1.5">
            <LanguageDot name={name} color={color} />
            <span className="tabular text-ink-2">{percent(bytes)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
