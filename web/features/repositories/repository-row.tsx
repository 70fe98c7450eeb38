import { Archive, GitFork, LayoutTemplate, Lock, Star } from "lucide-react";
import type { Repository } from "../../../api/client.gen.ts";
import { path } from "../../app/paths.ts";
import { Badge, short } from "../../ui/badge.tsx";
import { List } from "../../ui/list.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { LanguageDot } from "./languages.tsx";

interface Props {
  readonly repositories: readonly Repository[];
  readonly label: string;
  /** Leave out the owner, whose page this is. */
  readonly ownerKnown?: boolean;
}

/** Repositories, each in two lines: its name and marks, and what it is. */
export function RepositoryList({ repositories, label, ownerKnown = false }: Props) {
  return (
    <List label={label} className="border-y border-line">
      {repositories.map((repo) => (
        <RepositoryRow key={repo.id} repo={repo} ownerKnown={ownerKnown} />
      ))}
    </List>
  );
}

function RepositoryRow({ repo, ownerKnown }: { readonly repo: Repository; readonly ownerKnown: boolean }) {
  return (
    <li data-row="" className="row relative flex flex-col gap-0.5 px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <a
          href={path`/${repo.owner.login}/${repo.name}`}
          data-row-link=""
          className="row-link min-w-0 text-base leading-5"
        >
          {!ownerKnown && <span className="text-ink-2">{repo.owner.login} / </span>}
          <span className="font-semibold">{repo.name}</span>
        </a>
        {repo.private && <Badge icon={<Lock aria-hidden="true" />}>Private</Badge>}
        {repo.fork && <Badge icon={<GitFork aria-hidden="true" />}>Fork</Badge>}
        {repo.is_template && <Badge icon={<LayoutTemplate aria-hidden="true" />}>Template</Badge>}
        {repo.archived && (
          <Badge tone="warning" icon={<Archive aria-hidden="true" />}>
            Archived
          </Badge>
        )}
      </div>
      {repo.description && (
        <p dir="auto" className="max-w-prose text-sm text-ink-2">
          {repo.description}
        </p>
      )}
      <div className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-2">
        {repo.language && <LanguageDot name={repo.language} />}
        {(repo.stargazers_count ?? 0) > 0 && (
          <span className="tabular inline-flex items-center gap-1">
            <Star className="size-3" aria-hidden="true" />
            {short(repo.stargazers_count ?? 0)}
            <span className="sr-only"> stars</span>
          </span>
        )}
        {repo.pushed_at && <RelativeTime at={repo.pushed_at} prefix="Pushed " />}
      </div>
    </li>
  );
}
