import { AnnotationsElsewhere } from "../checks/annotations-elsewhere.tsx";
import { checksHref } from "../checks/hrefs.ts";
import { pullHref, type At } from "./hrefs.ts";
import type { PullFilesData } from "./queries.ts";

/** A way to the annotations that the shown files do not hold: those of the newest revision are the pull request's. */
export function AnnotationsNotice({ at, page }: { readonly at: At; readonly page: PullFilesData }) {
  const { annotations, pull, range, head } = page;
  const href = range.to === range.last ? pullHref(at, pull.number, "checks") : checksHref(at, head);
  return <AnnotationsElsewhere {...annotations} href={href} />;
}
