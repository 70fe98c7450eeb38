import { pullHref, type At } from "./hrefs.ts";
import type { PullFilesData } from "./queries.ts";

/** What is said about lines that are not among the shown files, as a way there. */
export function AnnotationsElsewhere({ at, page }: { readonly at: At; readonly page: PullFilesData }) {
  const { more, elsewhere } = page.annotations;
  const count = more + elsewhere;
  return count === 0 ? null : (
    <p className="mb-3 text-sm">
      <a href={pullHref(at, page.pull.number, "checks")} className="text-accent-ink hover:underline">
        {count === 1 ? "1 annotation" : `${count} annotations`}{" "}
        {more > 0 ? "more" : "on files that did not change"}
      </a>
    </p>
  );
}
