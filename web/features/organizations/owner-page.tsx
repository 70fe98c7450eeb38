import { BookMarked, CalendarDays, Link as LinkIcon, MapPin, Plus } from "lucide-react";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { PlaceNav } from "../../app/place-nav.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Link } from "../../ui/link.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { ListFilter } from "../repositories/list-filter.tsx";
import { RepositoryList } from "../repositories/repository-row.tsx";
import { isNarrowed } from "../repositories/sorts.ts";
import type { ownerPage } from "./routes.ts";

type Props = PageProps<typeof ownerPage>;
type Owner = Props["data"]["owner"];

export default function OwnerPage({ data, search }: Props) {
  const { owner, repositories, organizations } = data;
  const frame = useFrame();
  const isOrganization = owner.type === "Organization";
  const isMe = frame.viewer?.login === owner.login;
  const member = frame.organizations.some(({ login }) => login === owner.login);
  const asked = search.get("q") ?? "";
  return (
    <Content>
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-[240px_minmax(0,1fr)]">
        <aside className="min-w-0">
          <Face owner={owner} />
          {isMe && (
            <Button href="/settings/profile" className="mt-4 w-full">
              Edit profile
            </Button>
          )}
          {organizations.items.length > 0 && (
            <section className="mt-6">
              <h2 className="mb-2 text-sm font-medium text-ink-2">Organizations</h2>
              <ul className="flex flex-col gap-1.5">
                {organizations.items.map(({ login, avatar_url: picture }) => (
                  <li key={login} className="flex items-center gap-2">
                    <Avatar name={login} src={picture} kind="organization" />
                    <Link href={path`/${login}`} look="plain">
                      {login}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </aside>
        <div className="min-w-0">
          {isOrganization && (
            <div className="mb-4">
              <PlaceNav
                place="organization"
                subject={{ member }}
                params={{ org: owner.login }}
                label="Organization"
              />
            </div>
          )}
          {(repositories.items.length > 0 || isNarrowed(search)) && (
            <ListFilter search={search} label="Find a repository" />
          )}
          {repositories.items.length > 0 ? (
            <RepositoryList
              repositories={repositories.items}
              label={`Repositories of ${owner.login}`}
              ownerKnown
            />
          ) : isNarrowed(search) ? (
            <EmptyState title="Nothing found" action={<Button href={path`/${owner.login}`}>Show all</Button>}>
              {asked === ""
                ? "No repository is of this kind."
                : `No repository has “${asked}” in its name or description.`}
            </EmptyState>
          ) : (
            <EmptyState
              icon={<BookMarked aria-hidden="true" />}
              title="No repositories"
              action={
                isMe || member ? (
                  <Button
                    href={member ? `/new?owner=${encodeURIComponent(owner.login)}` : "/new"}
                    variant="primary"
                    icon={<Plus aria-hidden="true" />}
                  >
                    New repository
                  </Button>
                ) : undefined
              }
            >
              {isMe ? "What you make stands here." : `${owner.login} has none that you may see.`}
            </EmptyState>
          )}
          <Pagination links={repositories.links} search={search} />
        </div>
      </div>
    </Content>
  );
}

function Face({ owner }: { readonly owner: Owner }) {
  const line = "flex items-start gap-2 text-sm text-ink-2 [&_.lucide]:mt-px";
  return (
    <div className="flex gap-4 md:flex-col">
      <Avatar
        name={owner.login}
        src={owner.avatar_url}
        size={88}
        kind={owner.type === "Organization" ? "organization" : "person"}
      />
      <div className="min-w-0">
        <h1 className="text-xl tracking-[-0.01em]">
          <span dir="auto" className="block">
            {owner.name || owner.login}
          </span>
          {owner.name && <span className="block text-lg font-normal text-ink-2">{owner.login}</span>}
        </h1>
        {owner.bio && (
          <p dir="auto" className="mt-2 whitespace-pre-line">
            {owner.bio}
          </p>
        )}
        <ul className="mt-3 flex flex-col gap-1.5">
          {owner.location && (
            <li className={line} dir="auto">
              <MapPin aria-hidden="true" />
              {owner.location}
            </li>
          )}
          {owner.blog && (
            <li className={line}>
              <LinkIcon aria-hidden="true" />
              <Link href={owner.blog} rel="nofollow noopener me" className="min-w-0">
                {owner.blog.replace(/^https?:\/\//, "").replace(/\/$/, "")}
              </Link>
            </li>
          )}
          <li className={line}>
            <CalendarDays aria-hidden="true" />
            Since {month.format(Date.parse(owner.created_at))}
          </li>
        </ul>
      </div>
    </div>
  );
}

const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
