import { GitBranch } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { List, Row } from "../../ui/list.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ChooseBranches } from "./choose-branches.tsx";
import { newPullHref } from "./hrefs.ts";
import type { newPullStartPage } from "./routes.ts";

export default function NewPullStartPage({ params, data }: PageProps<typeof newPullStartPage>) {
  const { branches, default_branch: base } = data.found;
  const others = branches.filter((branch) => branch.name !== base && branch.ahead !== 0);
  return (
    <Content>
      <PageHead title="New pull request" about="Choose what goes where; then say what it does." />
      <ChooseBranches at={params} branches={branches.map((branch) => branch.name)} base={base} head="" />
      {others.length > 0 ? (
        <>
          <h2 className="mb-1 px-3 text-sm font-medium text-ink-2">Branches with something new</h2>
          <List label="Branches with something new" className="border-y border-line">
            {others.map((branch) => (
              <Row
                key={branch.name}
                href={newPullHref(params, `${base}...${branch.name}`)}
                before={<GitBranch aria-hidden="true" className="text-ink-3" />}
                title={<span className="font-mono text-code">{branch.name}</span>}
                after={<span className="min-w-0 truncate text-sm text-ink-2">{branch.last.subject}</span>}
                end={
                  <>
                    {branch.ahead !== null && <span className="tabular text-open">+{branch.ahead}</span>}
                    <RelativeTime at={branch.last.date} />
                  </>
                }
              />
            ))}
          </List>
        </>
      ) : (
        <EmptyState
          icon={<GitBranch aria-hidden="true" />}
          title="No branch has anything new"
          command={"git switch -c my-change\ngit commit -am 'Say what it does'\ngit push -u origin my-change"}
        >
          Push a branch and it stands here.
        </EmptyState>
      )}
    </Content>
  );
}
