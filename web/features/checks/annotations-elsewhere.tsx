import type { WebAnnotation, WebDiff } from "../../../api/client.gen.ts";

interface Props {
  /** Annotations that are too many to be shown, and those about files that the diff does not have. */
  readonly more: number;
  readonly elsewhere: number;
  /** Where the checks are. */
  readonly href: string;
}

/** What is said about lines that are not among the shown files, as a way there. */
export function AnnotationsElsewhere({ more, elsewhere, href }: Props) {
  const count = more + elsewhere;
  return count === 0 ? null : (
    <p className="mb-3 text-sm">
      <a href={href} className="text-accent-ink hover:underline">
        {count === 1 ? "1 annotation" : `${count} annotations`}{" "}
        {more > 0 ? "more" : "on files that did not change"}
      </a>
    </p>
  );
}

/** How many are about files that a diff does not have. */
export function countElsewhere(
  items: readonly WebAnnotation[],
  diff: Pick<WebDiff, "files" | "list">,
): number {
  const changed = new Set((diff.list ?? diff.files).map(({ path }) => path));
  return items.filter(({ path }) => !changed.has(path)).length;
}
