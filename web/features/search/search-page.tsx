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
  const found =
    "issues" in data
      ? data.issues
      : "users" in data
        ? data.users
        : "repositories" in data
          ? data.repositories
          : undefined;
  return (
    <Content className="!max-w-[960px]">
      <PageHead title="Search" />
      <form method="get" role="search" aria-label="Search" className="mb-3 flex gap-2">
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
          />
        </div>
        {kind !== "repositories" && <input type="hidden" name="type" value={kind} />}
        <Button type="submit">Search</Button>
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
        <>
          {"issues" in data && <FoundIssuesList items={data.issues.items} />}
          {"users" in data && <FoundUsersList items={data.users.items} />}
          {"repositories" in data && (
            <RepositoryList label="Repositories" repositories={data.repositories.items} />
          )}
          <Pagination links={neighbours(pageOf(search), found.total_count)} search={search} />
        </>
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
