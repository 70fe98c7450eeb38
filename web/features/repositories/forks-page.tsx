import { GitFork } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { RepositoryList } from "./repository-row.tsx";
import type { forksPage } from "./routes.ts";

export default function ForksPage({ params, data, search }: PageProps<typeof forksPage>) {
  const { items, links } = data.forks;
  return (
    <Content className="!max-w-[960px]">
      <PageHead title="Forks" />
      {items.length > 0 ? (
        <RepositoryList repositories={items} label="Forks" />
      ) : (
        <EmptyState
          icon={<GitFork aria-hidden="true" />}
          title="No forks"
          action={<Button href={path`/${params.owner}/${params.repo}/fork`}>Fork it</Button>}
        >
          Nobody keeps a copy of their own that you may see.
        </EmptyState>
      )}
      <Pagination links={links} search={search} />
    </Content>
  );
}
