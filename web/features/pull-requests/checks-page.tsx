import type { PageProps } from "../../app/page.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { isUnderWay } from "../checks/check-words.ts";
import { ChecksPanel } from "../checks/checks-panel.tsx";
import { codeHref } from "../code/hrefs.ts";
import { useRefresh } from "../remotes/use-refresh.ts";
import { apiOf } from "./hrefs.ts";
import { PullHead } from "./pull-head.tsx";
import type { pullChecksPage } from "./routes.ts";

/** What is under way is looked at again after so many milliseconds. */
const oftenMs = 5_000;

export default function PullChecksPage({ params, search, data }: PageProps<typeof pullChecksPage>) {
  const { pull, list, run, can } = data.page;
  const at = { owner: params.owner, repo: params.repo };
  useRefresh(isUnderWay(list), `${apiOf(at)}/pulls/${pull.number}/checks`, oftenMs);
  return (
    <Content wide>
      <PullHead at={at} pull={pull} search={search} tab="checks" canEdit={can.edit} />
      <ChecksPanel
        at={at}
        list={list}
        run={run}
        search={search}
        lineHref={(one) => `${codeHref(at, "blob", list.sha, one.path)}#L${one.start_line}`}
      />
    </Content>
  );
}
