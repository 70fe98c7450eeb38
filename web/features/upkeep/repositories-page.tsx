import { HardDrive, Lock, Search } from "lucide-react";
import { ActionButton } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { List } from "../../ui/list.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { bytesText } from "../code/sizes.ts";
import { Problems, StateMark, states } from "./state.tsx";
import type { adminRepositoriesPage } from "./routes.ts";

type Kept = PageProps<typeof adminRepositoriesPage>["data"]["repositories"]["items"][number];

export default function AdminRepositoriesPage({ data, search }: PageProps<typeof adminRepositoriesPage>) {
  const { items, links } = data.repositories;
  const largest = items[0]?.disk_bytes ?? 0;
  const filtered = search.get("q") !== null || search.get("state") !== null;
  return (
    <>
      <PageHead
        title="Repositories"
        about="The largest first. Each is packed and checked about once a week."
      />
      <Filter search={search} />
      {items.length === 0 ? (
        <EmptyState
          icon={<HardDrive aria-hidden="true" />}
          title={filtered ? "Nothing found" : "Nothing was looked at yet"}
          action={filtered ? <Button href="/admin/repositories">Show all</Button> : undefined}
        >
          {filtered
            ? "No repository fits what you look for."
            : "Repositories come here within a quarter of an hour."}
        </EmptyState>
      ) : (
        <List label="Repositories" className="border-y border-line">
          {items.map((repo) => (
            <KeptRow key={repo.id} repo={repo} largest={largest} />
          ))}
        </List>
      )}
      <Pagination links={links} search={search} />
    </>
  );
}

function Filter({ search }: { readonly search: URLSearchParams }) {
  return (
    <form method="get" role="search" aria-label="Find repositories" className="mb-3 flex flex-wrap gap-2">
      <div className="relative min-w-48 grow">
        <Search aria-hidden="true" className="absolute top-2 left-2.5 text-ink-3" />
        <Input
          type="search"
          name="q"
          aria-label="Owner and name"
          placeholder="owner/name…"
          defaultValue={search.get("q") ?? ""}
          className="pl-8"
        />
      </div>
      <Select
        name="state"
        aria-label="State"
        defaultValue={search.get("state") ?? ""}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
        className="!w-auto"
      >
        <option value="">Any state</option>
        {Object.entries(states).map(([value, { word }]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </Select>
      <Button type="submit" className="js:sr-only">
        Search
      </Button>
    </form>
  );
}

function KeptRow({ repo, largest }: { readonly repo: Kept; readonly largest: number }) {
  return (
    <li data-row="" className="row flex flex-col gap-2 px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-0 grow basis-56">
          <p className="flex flex-wrap items-center gap-2">
            <Link
              href={path`/${repo.owner}/${repo.name}`}
              look="plain"
              data-row-link=""
              className="font-medium wrap-anywhere"
            >
              {repo.full_name}
            </Link>
            {repo.private && <Lock className="size-3.5 text-ink-3" aria-label="Private" />}
            <StateMark state={repo.state} />
          </p>
          <p className="text-sm text-ink-2">
            {repo.checked_at ? (
              <RelativeTime at={repo.checked_at} prefix="Checked " />
            ) : (
              "Waits for its first check"
            )}
            {repo.damaged_since && <RelativeTime at={repo.damaged_since} prefix=" · damaged since " />}
          </p>
        </div>
        <Size repo={repo} largest={largest} />
        <ActionButton
          action={path`POST /admin/repositories/${repo.owner}/${repo.name}/checks`}
          size="sm"
          aria-label={`Check ${repo.full_name}`}
        >
          Check
        </ActionButton>
      </div>
      <Problems problems={repo.problems} />
    </li>
  );
}

/** Bytes, and how many they are beside the largest of the page. */
function Size({ repo, largest }: { readonly repo: Kept; readonly largest: number }) {
  const share = largest === 0 ? 0 : Math.max(2, Math.round((repo.disk_bytes / largest) * 100));
  return (
    <div className="w-32 shrink-0 max-sm:grow">
      <p className="tabular flex items-baseline justify-between gap-2 text-sm">
        <span className="font-medium">{bytesText(repo.disk_bytes)}</span>
        {repo.lfs_bytes > 0 && <span className="text-xs text-ink-2">{bytesText(repo.lfs_bytes)} LFS</span>}
      </p>
      <div aria-hidden="true" className="mt-1 h-1 rounded-full bg-n4">
        <div className="h-1 rounded-full bg-accent" style={{ width: `${share}%` }} />
      </div>
    </div>
  );
}
