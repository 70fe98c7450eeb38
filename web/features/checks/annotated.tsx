import { Suspense } from "react";
import type { WebAnnotation } from "../../../api/client.gen.ts";
import type { DiffProps } from "../diff/diff-props.ts";
import { DiffFilePanel } from "../diff/file.tsx";
import { showsLine, type DiffFile } from "../diff/lines.ts";
import { AnnotationList } from "./annotation-list-later.ts";

interface Said {
  readonly items: readonly WebAnnotation[];
  readonly runHref: (run: number) => string;
}

/** Draws the panels of a diff with what check runs say about their lines; undefined where they say nothing. */
export function annotatedPanels({ items, runHref }: Said): DiffProps["renderPanel"] {
  if (items.length === 0) return undefined;
  const said = Map.groupBy(items, ({ path }) => path);
  return (panel) => <DiffFilePanel {...annotated(panel.file, said.get(panel.file.path), runHref, panel)} />;
}

type Drawn = Pick<DiffProps, "renderFileTop" | "renderBelowLine">;

/** A file's diff with what check runs say about its lines: below each line, and above the file where the line is not shown. */
export function annotated<D extends Drawn>(
  file: DiffFile,
  items: readonly WebAnnotation[] | undefined,
  runHref: (run: number) => string,
  drawn: D,
): D {
  if (items === undefined) return drawn;
  const places = Map.groupBy(items, ({ end_line: line }) =>
    showsLine(file, "new", line) ? line : undefined,
  );
  const said = (line: number | undefined) => {
    const here = places.get(line);
    return (
      here && (
        <Suspense key="said">
          <AnnotationList items={here} places={line === undefined} runHref={runHref} />
        </Suspense>
      )
    );
  };
  return {
    ...drawn,
    renderFileTop: (shown) => {
      const [top, here] = [drawn.renderFileTop?.(shown), said(undefined)];
      return here ? (
        <>
          <div className="border-b border-line">{here}</div>
          {top}
        </>
      ) : (
        top
      );
    },
    renderBelowLine: (place, shown) => {
      const below = drawn.renderBelowLine?.(place, shown);
      const here = place.side === "new" && said(place.line);
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
