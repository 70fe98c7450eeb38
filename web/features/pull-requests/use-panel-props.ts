import { useMemo } from "react";
import { webGetPullFilesPage } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import type { DiffProps } from "../diff/diff-props.ts";
import { diffModeOf, diffQueryOf, withParams } from "../diff/diff-query.ts";
import type { At } from "./hrefs.ts";
import { placeName } from "./places.ts";
import type { PullFilesData } from "./queries.ts";
import type { Opened } from "./use-opened.ts";

/** What the panels of the files page share. The same while the address, the commits and the right to comment are. */
export function usePanelProps(
  at: At,
  { pull, head, base, range }: PullFilesData,
  search: URLSearchParams,
  line: Opened["acts"] | undefined,
) {
  const api = useApi();
  const repository = pull.head.repo?.full_name ?? `${at.owner}/${at.repo}`;
  const { number } = pull;
  const { from, to } = range;
  return useMemo(
    (): Omit<DiffProps, "files"> => ({
      repository,
      head,
      base,
      mode: diffModeOf(search),
      fileHref: (file) => withParams(search, { file, start: undefined }),
      startHref: (start) => withParams(search, { start }),
      loadFile: async (file) => {
        const { data } = await webGetPullFilesPage(api.call, {
          owner: at.owner,
          repo: at.repo,
          pull_number: number,
          since: search.get("since") ?? undefined,
          from: from === null ? "base" : String(from),
          to: String(to),
          ...diffQueryOf(search),
          file,
        });
        return data.diff.files[0];
      },
      ...(line && {
        commentHref: (one) => withParams(search, { comment: placeName(one), on: undefined, line: undefined }),
        onLineComment: (one) => line.open(placeName(one)),
      }),
    }),
    [api, at, number, repository, head, base, from, to, search, line],
  );
}
