import { BookMarked, CircleDot, Search, Users } from "lucide-react";
import { useRef } from "react";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Input } from "../../ui/input.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { TabLinks } from "../../ui/tabs.tsx";
import { RepositoryList } from "../repositories/repository-row.tsx";
import { FoundIssuesList } from "./found-issues.tsx";
import { FoundUsersList } from "./found-users.tsx";
import { Hints } from "./hints.tsx";
import { kindOf, kinds, pageOf, perPage } from "./queries.ts";
import type { searchPage } from "./routes.ts";

const words = {
  repositories: { label: "Repositories", icon: BookMarked },
  issues: { label: "Issues and pull requests", icon: CircleDot },
  users: { label: "People and organizations", icon: Users },
} as const;

/** The API tells the first so many. */
const mostResults = 1000;

export default function SearchPage({ search, data }: PageProps<typeof searchPage>) {
  const field = useRef<HTMLInputElement>(null);
  useShortcut({
    keys: "/",
    label: "Change the search",
    group: "This page",
    run: () => field.current?.focus(),
  });
  const kind = kindOf(search);
  const asked = search.get("q")?.trim() ?? "";
  const issues = "issues" in data ? data.issues : undefined;
  const users = "users" in data ? data.users : undefined;
  const repositories = "repositories" in data ? data.repositories : undefined;
  const tried = issues ?? users ?? repositories;
  const found = tried && "found" in tried ? tried.found : undefined;
  const refused = tried && "refused" in tried ? tried.refused : undefined;
  return (
    <Content className="!max-w-[960px]">
      <PageHead title="Search" />
      <form method="get" role="search" aria-label="Search" className="mb-3 flex flex-wrap gap-2">
        <div className="relative min-w-0 grow">
          <Search aria-hidden="true" className="absolute top-2 left-2.5 text-ink-3" />
          <Input
            key={asked}
            ref={field}
            type="search"
            name="q"
            aria-label="Words and qualifiers"
            placeholder="Words and qualifiers…"
            defaultValue={asked}
            autoFocus={asked === ""}
            maxLength={1000}
            autoComplete="off"
            className="!pl-8"
            aria-invalid={refused !== undefined || undefined}
            aria-describedby={refused === undefined ? undefined : "refused"}
          />
        </div>
        {kind !== "repositories" && <input type="hidden" name="type" value={kind} />}
        <Button type="submit">Search</Button>
        {refused !== undefined && (
          <p id="refused" role="alert" className="flex basis-full gap-1.5 text-sm text-closed">
            <span aria-hidden="true">▲</span>
            {refused}
          </p>
        )}
      </form>
      <TabLinks
        label="What to search"
        tabs={kinds.map((one) => {
          const { label, icon: Icon } = words[one];
          return {
            href: `?${new URLSearchParams({ ...(asked === "" ? {} : { q: asked }), type: one })}`,
            label,
            icon: <Icon aria-hidden="true" />,
            count: one === kind ? found?.total_count : undefined,
            current: one === kind,
          };
        })}
      />
      {found === undefined ? (
        <Hints kind={kind} />
      ) : found.items.length === 0 ? (
        <EmptyState icon={<Search aria-hidden="true" />} title="Nothing found">
          Nothing that you may read matches <bdi className="font-medium">{asked}</bdi>. Fewer words find more.
        </EmptyState>
      ) : (
        // The line below the tabs is the first of the list, too.
        <div className="-mt-px">
          {issues && "found" in issues && <FoundIssuesList items={issues.found.items} />}
          {users && "found" in users && <FoundUsersList items={users.found.items} />}
          {repositories && "found" in repositories && (
            <RepositoryList label="Repositories" repositories={repositories.found.items} />
          )}
          <Pagination links={neighbours(pageOf(search), found.total_count)} search={search} />
        </div>
      )}
    </Content>
  );
}

/** The pages before and after. */
function neighbours(page: number, total: number) {
  const more = page * perPage < Math.min(total, mostResults);
  return {
    ...(page > 1 ? { prev: `?page=${page - 1}` } : {}),
    ...(more ? { next: `?page=${page + 1}` } : {}),
  };
}
