import type { PageProps } from "../../app/page.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { codeHref, commitHref, shortSha } from "../code/hrefs.ts";
import { useRefresh } from "../remotes/use-refresh.ts";
import { isUnderWay } from "./check-words.ts";
import { ChecksPanel } from "./checks-panel.tsx";
import { checksHref } from "./hrefs.ts";
import type { checksPage } from "./routes.ts";

/** What is under way is looked at again after so many milliseconds. */
const oftenMs = 5_000;

export default function ChecksPage({ params, search, data }: PageProps<typeof checksPage>) {
  const { commit, list, run } = data.page;
  useRefresh(isUnderWay(list), `/repos${checksHref(params, params.sha)}`, oftenMs);
  return (
    <Content wide>
      <PageHead
        title="Checks"
        about={
          <>
            <a href={commitHref(params, commit.sha)} dir="auto" className="text-accent-ink hover:underline">
              {commit.subject || "No message"}
            </a>{" "}
            <code className="text-code">{shortSha(commit.sha)}</code>
          </>
        }
      />
      <ChecksPanel
        at={params}
        list={list}
        run={run}
        search={search}
        lineHref={(one) => `${codeHref(params, "blob", commit.sha, one.path)}#L${one.start_line}`}
      />
    </Content>
  );
}
