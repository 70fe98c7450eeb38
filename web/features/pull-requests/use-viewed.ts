import { useCallback, useMemo } from "react";
import { useSend } from "../../app/send.ts";
import { afterPaint } from "../../ui/after-paint.ts";
import { apiOf, type At } from "./hrefs.ts";
import { pullFilesQuery, type PullFilesData } from "./queries.ts";

type Marked = { readonly path: string; readonly new_oid: string | null };

/**
 * The reader's marks on the files of the page, and the act that sets or takes one. Its panel shows it at once by itself; all else
 * that counts marks follows a frame later, since the page is long.
 */
export function useViewed(at: At, number: string, search: URLSearchParams, page: PullFilesData) {
  const send = useSend();
  const marks = page.viewed;
  const sets = useMemo(
    () => ({ can: marks !== null, viewed: new Set(marks?.files), changed: new Set(marks?.changed) }),
    [marks],
  );
  const set = useCallback(
    (file: Marked, done: boolean): void => {
      const address = `${apiOf(at)}/pulls/${number}/viewed-files`;
      const action = `${done ? "PUT" : "DELETE"} ${address}`;
      const body = done ? { path: file.path, sha: file.new_oid } : { path: file.path };
      afterPaint(
        () =>
          void send(action, body, {
            // Nothing else shows them, and the page is long to read anew.
            touches: [address],
            optimistic: {
              query: pullFilesQuery({ ...at, number }, search),
              change: (before: PullFilesData) => ({
                ...before,
                viewed: withMark(before.viewed, file.path, done),
              }),
            },
          }),
      );
    },
    [send, at, number, search],
  );
  return useMemo(() => ({ ...sets, set }), [sets, set]);
}

export type ViewedMarks = ReturnType<typeof useViewed>;

function withMark(before: PullFilesData["viewed"], path: string, done: boolean): PullFilesData["viewed"] {
  if (!before) return before;
  const others = (list: readonly string[]) => list.filter((one) => one !== path);
  const files = others(before.files);
  return { files: done ? [...files, path] : files, changed: others(before.changed) };
}
