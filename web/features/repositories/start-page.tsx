import { BookMarked, Plus } from "lucide-react";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { useRead } from "../../app/query.ts";
import { signInPath, signUpPath } from "../../app/site.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Link } from "../../ui/link.tsx";
import { Columns, Content } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Feed } from "../activity/feed.tsx";
import { latestQuery } from "../activity/queries.ts";
import { ListFilter } from "./list-filter.tsx";
import { RepositoryList } from "./repository-row.tsx";
import { Waiting } from "./waiting.tsx";
import { isNarrowed } from "./sorts.ts";
import type { startPage } from "./routes.ts";

type Props = PageProps<typeof startPage>;

export default function StartPage(props: Props) {
  const { viewer } = useFrame();
  return viewer ? <Mine {...props} /> : <Visitor {...props} />;
}

function Mine({ data, search }: Props) {
  const { items, links } = data.mine;
  const asked = search.get("q") ?? "";
  return (
    <Content>
      <Columns side={<Lately />}>
        <h1 className="sr-only">Home</h1>
        <Waiting />
        <div className="mb-3 flex min-h-8 items-center justify-between gap-4">
          <h2 className="text-lg">Your repositories</h2>
          <Button href="/new" size="sm" icon={<Plus aria-hidden="true" />}>
            New repository
          </Button>
        </div>
        {(items.length > 0 || isNarrowed(search)) && <ListFilter search={search} label="Find a repository" />}
        {items.length > 0 ? (
          <RepositoryList repositories={items} label="Your repositories" />
        ) : !isNarrowed(search) ? (
          <EmptyState
            icon={<BookMarked aria-hidden="true" />}
            title="No repository yet"
            action={
              <>
                <Button href="/new" variant="primary">
                  New repository
                </Button>
                <Button href="/explore">Explore</Button>
              </>
            }
          >
            Make one, then push what you have. Those that others share with you stand here too.
          </EmptyState>
        ) : (
          <EmptyState title="Nothing found" action={<Button href="/">Show all</Button>}>
            {asked === ""
              ? "No repository is of this kind."
              : `None of your repositories has “${asked}” in its name or description.`}
          </EmptyState>
        )}
        <Pagination links={links} search={search} />
      </Columns>
    </Content>
  );
}

/** The latest of the repositories that the reader watches. */
function Lately() {
  const { events } = useRead(latestQuery);
  return (
    <section aria-label="Activity">
      <div className="mb-1 flex min-h-8 items-center justify-between">
        <h2 className="text-sm font-medium text-ink-2">Activity</h2>
        {events.length > 0 && (
          <Link href="/activity" look="muted" className="text-sm">
            All of it
          </Link>
        )}
      </div>
      {events.length > 0 ? (
        <Feed label="Activity" events={events} narrow />
      ) : (
        <p className="text-sm text-ink-2">What happens in the repositories that you watch will stand here.</p>
      )}
    </section>
  );
}

function Visitor({ data }: Props) {
  const { sign_up: signUp } = useFrame();
  const { items } = data.found;
  return (
    <Content className="!max-w-[960px]">
      <section className="py-10">
        <h1 className="text-[1.75rem] leading-9 tracking-[-0.02em]">
          A place where people and agents ship software together
        </h1>
        <p className="mt-3 max-w-prose text-lg text-ink-2">
          This server keeps git repositories with their issues, reviews and history. What is public can be
          read and cloned without an account.
        </p>
        <div className="mt-5 flex flex-wrap gap-2">
          <Button href={signInPath} variant="primary">
            Sign in
          </Button>
          {signUp === "open" && <Button href={signUpPath}>Create an account</Button>}
        </div>
        {signUp === "invite" && <p className="mt-3 text-sm text-ink-2">Accounts are by invitation.</p>}
        {signUp === "closed" && <p className="mt-3 text-sm text-ink-2">No new accounts are being made.</p>}
      </section>
      <div className="mb-2 flex items-baseline justify-between">
        <h2 className="text-lg">Lately pushed</h2>
        <Link href="/explore" look="muted" className="text-sm">
          All public repositories
        </Link>
      </div>
      {items.length > 0 ? (
        <RepositoryList repositories={items} label="Public repositories" />
      ) : (
        <EmptyState title="Nothing public yet">Public repositories will stand here.</EmptyState>
      )}
    </Content>
  );
}
