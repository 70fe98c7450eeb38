import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { Archive, Eye, GitFork, LayoutTemplate, Lock, Star } from "lucide-react";
import { ActionButton } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import { visit } from "../../app/navigation.ts";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { PlaceNav } from "../../app/place-nav.tsx";
import { signInHref } from "../../app/site.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge, Counter } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { Link } from "../../ui/link.tsx";
import type { RepositorySubject, repositoryLayout } from "./layout.ts";

export default function RepositoryLayout({ params, data, children }: PageProps<typeof repositoryLayout>) {
  const { home } = data;
  const { name, owner } = home.repository;
  const router = useRouter();
  useOwnAddress(params, home.repository.full_name);
  useShortcut({
    keys: "g s",
    label: "Search the code",
    group: "Go to",
    run: () => visit(router, path`/${owner.login}/${name}/search`),
  });
  return (
    <>
      <header className="border-b border-line bg-sunken pt-3 [&_.tabs]:border-b-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pb-1.5 sm:px-6">
          <Title home={home} />
          <span className="grow max-sm:hidden" />
          <Acts home={home} />
        </div>
        <div className="px-2 sm:px-4">
          <PlaceNav
            place="repository"
            subject={home}
            params={{ owner: owner.login, repo: name }}
            label="Repository"
          />
        </div>
      </header>
      {children}
    </>
  );
}

/** A repository that was reached under a former name stands under its present one, as it does when the page is loaded. */
function useOwnAddress(
  { owner, repo }: { readonly owner: string; readonly repo: string },
  name: string,
): void {
  const router = useRouter();
  const asked = `/${owner}/${repo}`;
  useEffect(() => {
    if (asked.toLowerCase() === `/${name}`.toLowerCase()) return;
    const { pathname, search, hash } = location;
    const rest = pathname.split("/").slice(3).join("/");
    router.history.replace(`/${name}${rest === "" ? "" : `/${rest}`}${search}${hash}`);
  }, [router, asked, name]);
}

function Title({ home: { repository } }: { readonly home: RepositorySubject }) {
  const { owner, name, parent } = repository;
  const origin = parent ?? repository.template_repository;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <div className="flex min-w-0 items-start gap-2">
        <span className="mt-0.5 shrink-0">
          <Avatar
            name={owner.login}
            src={owner.avatar_url}
            size={20}
            kind={owner.type === "Organization" ? "organization" : "person"}
          />
        </span>
        <p className="min-w-0 text-lg leading-6">
          <Link look="muted" href={path`/${owner.login}`}>
            {owner.login}
          </Link>
          <span className="mx-1 text-ink-3">/</span>
          <Link look="plain" href={path`/${owner.login}/${name}`} className="font-semibold">
            {name}
          </Link>
        </p>
      </div>
      <Badge icon={repository.private ? <Lock aria-hidden="true" /> : undefined}>
        {repository.private ? "Private" : "Public"}
      </Badge>
      {repository.is_template && <Badge icon={<LayoutTemplate aria-hidden="true" />}>Template</Badge>}
      {repository.archived && (
        <Badge tone="warning" icon={<Archive aria-hidden="true" />}>
          Archived
        </Badge>
      )}
      {repository.mirror_url !== null && (
        <span className="min-w-0 text-sm break-all text-ink-2">
          follows{" "}
          <Link look="muted" href={repository.mirror_url} rel="nofollow noopener">
            {repository.mirror_url.replace(/^https?:\/\//, "")}
          </Link>
        </span>
      )}
      {origin && (
        <span className="text-sm text-ink-2">
          {parent ? "forked from" : "made from"}{" "}
          <Link look="muted" href={path`/${origin.owner.login}/${origin.name}`}>
            {origin.full_name}
          </Link>
        </span>
      )}
    </div>
  );
}

function Acts({ home }: { readonly home: RepositorySubject }) {
  const { viewer } = useFrame();
  const { repository: repo, starred, watching, can } = home;
  const at = path`${repo.owner.login}/${repo.name}`.replaceAll("%2F", "/");
  const signIn = signInHref(`/${at}`);
  const watch = { icon: <Eye aria-hidden="true" />, size: "sm" as const };
  const star = {
    icon: <Star aria-hidden="true" className={starred ? "fill-current text-warning" : ""} />,
    size: "sm" as const,
  };
  const watchWords = (
    <>
      {watching ? "Watching" : "Watch"} <Counter count={repo.subscribers_count} />
    </>
  );
  const starWords = (
    <>
      {starred ? "Starred" : "Star"} <Counter count={repo.stargazers_count} />
    </>
  );
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {viewer ? (
        <>
          <ActionButton action={`${watching ? "DELETE" : "PUT"} /repos/${at}/subscription`} {...watch}>
            {watchWords}
          </ActionButton>
          <ActionButton action={`${starred ? "DELETE" : "PUT"} /user/starred/${at}`} {...star}>
            {starWords}
          </ActionButton>
        </>
      ) : (
        <>
          <Button href={signIn} {...watch}>
            {watchWords}
          </Button>
          <Button href={signIn} {...star}>
            {starWords}
          </Button>
        </>
      )}
      <Button
        size="sm"
        icon={<GitFork aria-hidden="true" />}
        href={viewer ? `/${at}/fork` : signInHref(`/${at}/fork`)}
        reason={viewer && can.fork !== true ? can.fork : undefined}
      >
        Fork <Counter count={repo.forks_count} />
      </Button>
      {repo.is_template && (
        <Button size="sm" variant="primary" href={viewer ? `/${at}/generate` : signInHref(`/${at}/generate`)}>
          Use this template
        </Button>
      )}
    </div>
  );
}
