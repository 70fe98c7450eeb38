import { useEffect, useState } from "react";
import { webLastCommits } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import type { At } from "./hrefs.ts";
import type { FolderData } from "./tree-page.tsx";

type Found = Awaited<ReturnType<typeof webLastCommits>>["data"];

/**
 * The last commits of a folder's entries that were not at hand when the page was drawn: looked up when it stands. `pending`
 * is true meanwhile, `missing` in the end when some were not found.
 */
export function useLastCommits(at: At, folder: FolderData) {
  const api = useApi();
  const { complete, revision, path } = folder;
  const { owner, repo } = at;
  const place = `${revision.commit}/${path}`;
  const [late, setLate] = useState<{ readonly place: string; readonly found: Found | null }>();
  useEffect(() => {
    if (complete) return undefined;
    let left = false;
    void webLastCommits(api.call, { owner, repo, rest: path === "" ? revision.commit : place })
      .then(({ data }) => data)
      .catch(() => null)
      .then((found) => {
        if (!left) setLate({ place, found });
      });
    return () => {
      left = true;
    };
  }, [api, complete, owner, repo, path, place, revision.commit]);
  const here = late?.place === place ? late : undefined;
  return {
    found: here?.found?.entries,
    pending: !complete && here === undefined,
    missing: here !== undefined && here.found?.complete !== true,
  };
}
