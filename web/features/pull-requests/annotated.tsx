import { Suspense } from "react";
import { AnnotationList } from "../checks/annotation-list-later.ts";
import type { DiffProps } from "../diff/diff-props.ts";
import { pullHref, type At } from "./hrefs.ts";
import { isShown } from "./line-comments.tsx";
import type { PullFilesData } from "./queries.ts";

/** No path holds a NUL. */
const lineKey = (path: string, line: number) => `${path}\0${line}`;

type Drawn = Pick<DiffProps, "renderFileTop" | "renderBelowLine">;

/** A diff with what check runs say about its lines: below each line, and above a file where the line is not shown. */
export function annotated<D extends Drawn>(at: At, page: PullFilesData, drawn: D): D {
  const { pull, diff, annotations } = page;
  if (annotations.items.length === 0) return drawn;
  const files = new Map(diff.files.map((file) => [file.path, file]));
  const places = Map.groupBy(annotations.items, ({ path, end_line: line }) =>
    isShown(files.get(path), "RIGHT", line) ? lineKey(path, line) : path,
  );
  const said = (place: string) => {
    const items = places.get(place);
    return (
      items && (
        <Suspense key="said">
          <AnnotationList
            items={items}
            places={files.has(place)}
            runHref={(run) => `${pullHref(at, pull.number, "checks")}?run=${run}`}
          />
        </Suspense>
      )
    );
  };
  return {
    ...drawn,
    renderFileTop: (file) => {
      const [top, here] = [drawn.renderFileTop?.(file), said(file.path)];
      return here ? (
        <>
          <div className="border-b border-line">{here}</div>
          {top}
        </>
      ) : (
        top
      );
    },
    renderBelowLine: (place, file) => {
      const below = drawn.renderBelowLine?.(place, file);
      const here = place.side === "new" && said(lineKey(place.path, place.line));
      return here ? (
        <>
          {here}
          {below}
        </>
      ) : (
        below
      );
    },
  };
}

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
