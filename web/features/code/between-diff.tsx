import { useEffect, useState } from "react";
import { webCompare, type WebDiff } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import { Diff } from "../diff/diff.tsx";
import type { At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  readonly from: string;
  readonly to: string;
  readonly file: string;
}

/** How a file changed between two commits. Nothing until it is known, and when it cannot be told. */
export default function BetweenDiff({ at: { owner, repo }, from, to, file }: Props) {
  const api = useApi();
  const [diff, setDiff] = useState<WebDiff | null>(null);
  useEffect(() => {
    let left = false;
    webCompare(api.call, { owner, repo, basehead: `${from}...${to}`, file }).then(
      ({ data }) => !left && setDiff(data.diff),
      () => !left && setDiff(null),
    );
    return () => {
      left = true;
    };
  }, [api, owner, repo, from, to, file]);
  if (!diff || diff.files.length === 0) return null;
  return <Diff files={diff.files} repository={`${owner}/${repo}`} head={to} base={from} mode="unified" />;
}
