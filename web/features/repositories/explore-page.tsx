import { Compass } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { ListFilter } from "./list-filter.tsx";
import { RepositoryList } from "./repository-row.tsx";
import { isNarrowed } from "./sorts.ts";
import type { explorePage } from "./routes.ts";

export default function ExplorePage({ data, search }: PageProps<typeof explorePage>) {
  const { items, links } = data.found;
  const asked = search.get("q") ?? "";
  return (
    <Content className="!max-w-[960px]">
      <PageHead title="Explore" about="Public repositories on this server." />
      <ListFilter search={search} label="Find a repository" />
      {items.length > 0 ? (
        <RepositoryList repositories={items} label="Public repositories" />
      ) : !isNarrowed(search) ? (
        <EmptyState
          icon={<Compass aria-hidden="true" />}
          title="Nothing public yet"
          action={<Button href="/new">New repository</Button>}
        >
          Public repositories of everybody here will stand on this page.
        </EmptyState>
      ) : (
        <EmptyState title="Nothing found" action={<Button href="/explore">Show all</Button>}>
          {asked === ""
            ? "No repository is of this kind."
            : `No public repository has “${asked}” in its name or description.`}
        </EmptyState>
      )}
      <Pagination links={links} search={search} />
    </Content>
  );
}
