import { Eye, GitBranch, GitFork, Link as LinkIcon, Star, Tag, Users } from "lucide-react";
import type { ReactNode } from "react";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Link } from "../../ui/link.tsx";
import { Columns, Content, Property } from "../../ui/page-frame.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/form.tsx";
import { ImportState } from "../remotes/import-state.tsx";
import { Languages } from "../repositories/languages.tsx";
import type { RepositorySubject } from "../repositories/layout.ts";
import { AddFiles } from "./add-files.tsx";
import { CloneBox } from "./clone-box.tsx";
import { EmptyRepository } from "./empty-repository.tsx";
import { CodeSearchButton } from "./code-search-button.tsx";
import { FinderButton } from "./finder.tsx";
import { FolderTable, Readme } from "./folder.tsx";
import { codeHref, type At } from "./hrefs.ts";
import { usePermalinkKey } from "./permalink.ts";
import { RefSwitcher } from "./ref-switcher.tsx";
import type { homePage } from "./routes.ts";

export default function HomePage({ params, data }: PageProps<typeof homePage>) {
  const { home, folder } = data;
  usePermalinkKey(
    folder ? codeHref(params, "tree", folder.revision.commit) : path`/${params.owner}/${params.repo}`,
  );
  if (home.import)
    return (
      <ImportState
        home={home}
        state={home.import}
        instead={home.can.write === true && <EmptyRepository home={home} />}
      />
    );
  if (home.empty) return <EmptyRepository home={home} />;
  if (!folder) return <NoDefaultBranch home={home} at={params} />;
  const { revision } = folder;
  return (
    <Content>
      <Columns side={<About home={home} at={params} />}>
        <h1 className="sr-only">{home.repository.full_name}</h1>
        <Troubles home={home} at={params} />
        <div className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-2 sm:gap-x-3">
          <RefSwitcher at={params} revision={revision} href={(ref) => codeHref(params, "tree", ref)} />
          <Count
            icon={<GitBranch aria-hidden="true" />}
            href={path`/${params.owner}/${params.repo}/branches`}
            count={home.branches}
            one="branch"
            many="branches"
          />
          <Count
            icon={<Tag aria-hidden="true" />}
            href={path`/${params.owner}/${params.repo}/tags`}
            count={home.tags}
            one="tag"
            many="tags"
          />
          {/* At the end also when they do not fit beside the others: the box opens towards the start. */}
          <span className="ml-auto flex items-center gap-2 sm:gap-3">
            <CodeSearchButton at={params} />
            <FinderButton at={params} gitRef={revision.name} />
            {folder.write === true && <AddFiles at={params} branch={revision.name} folder="" />}
            <CloneBox at={params} revision={revision} clone={home.clone} />
          </span>
        </div>
        <FolderTable at={params} folder={folder} />
        <Readme at={params} folder={folder} />
      </Columns>
    </Content>
  );
}

/** What administrators are told without asking. */
function Troubles({ home, at }: { readonly home: RepositorySubject; readonly at: At }) {
  if (home.troubles.length === 0) return null;
  return (
    <div className="mb-4 flex flex-col gap-2">
      {home.troubles.map((sentence) => (
        <Notice key={sentence} tone="warning">
          <span className="[overflow-wrap:anywhere]">{sentence}</span>{" "}
          <Link href={path`/${at.owner}/${at.repo}/settings/mirrors`}>Mirrors</Link>
        </Notice>
      ))}
    </div>
  );
}

interface CountProps {
  readonly icon: ReactNode;
  readonly href: string;
  readonly count: number;
  readonly one: string;
  readonly many: string;
}

const Count = ({ icon, href, count, one, many }: CountProps) => (
  <Link href={href} look="muted" className="inline-flex items-center gap-1.5 text-sm">
    {icon}
    <span className="tabular font-medium text-ink">{count}</span>
    <span className="max-sm:hidden">{count === 1 ? one : many}</span>
  </Link>
);

function About({ home, at }: { readonly home: RepositorySubject; readonly at: At }) {
  const { repository: repo, languages } = home;
  const line = "flex items-center gap-2 text-ink-2";
  return (
    <>
      <Property name="About">
        <div className="flex flex-col gap-2.5 text-base">
          {repo.description ? (
            <p dir="auto">{repo.description}</p>
          ) : (
            <p className="text-ink-2">
              No description.{" "}
              {home.can.administer === true && (
                <Link href={path`/${at.owner}/${at.repo}/settings`}>Write one</Link>
              )}
            </p>
          )}
          {repo.homepage && (
            <p className="flex items-start gap-2">
              <LinkIcon aria-hidden="true" className="mt-0.5 text-ink-3" />
              <Link href={repo.homepage} rel="nofollow noopener" className="min-w-0">
                {repo.homepage.replace(/^https?:\/\//, "").replace(/\/$/, "")}
              </Link>
            </p>
          )}
          <ul className="flex flex-col gap-1.5 text-sm">
            <li className={line}>
              <Star aria-hidden="true" /> <Amount count={repo.stargazers_count} one="star" many="stars" />
            </li>
            <li className={line}>
              <Eye aria-hidden="true" />{" "}
              <Amount count={repo.subscribers_count ?? 0} one="watcher" many="watchers" />
            </li>
            <li className={line}>
              <GitFork aria-hidden="true" />
              <Link href={path`/${at.owner}/${at.repo}/forks`} look="muted">
                <Amount count={repo.forks_count} one="fork" many="forks" />
              </Link>
            </li>
            <li className={line}>
              <Users aria-hidden="true" />
              <Link href={path`/${at.owner}/${at.repo}/contributors`} look="muted">
                Contributors
              </Link>
            </li>
          </ul>
        </div>
      </Property>
      {languages.length > 0 && (
        <Property name="Languages">
          <Languages languages={languages} />
        </Property>
      )}
    </>
  );
}

const Amount = ({
  count,
  one,
  many,
}: {
  readonly count: number;
  readonly one: string;
  readonly many: string;
}) => (
  <span>
    <span className="tabular font-medium text-ink">{count}</span> {count === 1 ? one : many}
  </span>
);

function NoDefaultBranch({ home, at }: { readonly home: RepositorySubject; readonly at: At }) {
  return (
    <Content>
      <EmptyState
        icon={<GitBranch aria-hidden="true" />}
        title={`There is no branch ${home.repository.default_branch}`}
        action={
          <>
            <Button href={path`/${at.owner}/${at.repo}/branches`}>Show branches</Button>
            {home.can.administer === true && (
              <Button href={path`/${at.owner}/${at.repo}/settings`}>Choose another default branch</Button>
            )}
          </>
        }
      >
        It is the default branch of this repository, and nothing was pushed to it.
      </EmptyState>
    </Content>
  );
}
