import { GitBranch, GitCompareArrows, ShieldCheck, Trash2 } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { deep, path } from "../../app/paths.ts";
import { ActionButton } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import { useSend } from "../../app/send.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { List } from "../../ui/list.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { StateIcon } from "../../ui/state-badge.tsx";
import { TabLinks } from "../../ui/tabs.tsx";
import { toast } from "../../ui/toast.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { CommitMark } from "../checks/commit-mark.tsx";
import { codeHref, type At } from "./hrefs.ts";
import { NameFilter } from "./name-filter.tsx";
import { Person } from "./person.tsx";
import type { branchesPage } from "./routes.ts";

type Found = PageProps<typeof branchesPage>["data"]["found"];

export default function BranchesPage({ params, data, search }: PageProps<typeof branchesPage>) {
  const { found } = data;
  const asked = search.get("q") ?? "";
  const view = search.get("view") ?? "all";
  const signedIn = useFrame().viewer !== null;
  const first = asked === "" && view === "all";
  return (
    <Content className="!max-w-[960px]">
      <PageHead title="Branches" about={`${found.total} ${found.total === 1 ? "branch" : "branches"}`} />
      <div className="mb-3">
        <TabLinks label="Which branches" tabs={tabsOf(search, signedIn)} />
      </div>
      <NameFilter search={search} label="Find a branch" />
      {found.branches.length > 0 ? (
        <List label="Branches" className="border-y border-line">
          {found.branches.map((branch) => (
            <BranchRow key={branch.name} at={params} branch={branch} defaultBranch={found.default_branch} />
          ))}
        </List>
      ) : (
        <EmptyState
          icon={<GitBranch aria-hidden="true" />}
          title={first ? "No branches" : "Nothing found"}
          command={first ? "git push -u origin HEAD" : undefined}
        >
          {first
            ? "A branch appears when it is pushed."
            : asked === ""
              ? "No branch is like that now."
              : `No branch here has “${asked}” in its name.`}
        </EmptyState>
      )}
      <Pagination
        links={found.next === null ? {} : { next: `?cursor=${encodeURIComponent(found.next)}` }}
        search={search}
      />
    </Content>
  );
}

const views = [
  ["all", "All"],
  ["active", "Active"],
  ["stale", "Stale"],
  ["yours", "Yours"],
] as const;

function tabsOf(search: URLSearchParams, signedIn: boolean) {
  return views
    .filter(([view]) => view !== "yours" || signedIn)
    .map(([view, label]) => {
      const to = new URLSearchParams(search);
      to.delete("cursor");
      if (view === "all") to.delete("view");
      else to.set("view", view);
      return { href: `?${to.toString()}`, label, current: (search.get("view") ?? "all") === view };
    });
}

interface RowProps {
  readonly at: At;
  readonly branch: Found["branches"][number];
  readonly defaultBranch: string;
}

function BranchRow({ at, branch, defaultBranch }: RowProps) {
  const { name, last, ahead, behind, pull } = branch;
  return (
    <li data-row="" className="row relative flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
      <div className="min-w-0 grow basis-72">
        <div className="flex min-w-0 items-center gap-2">
          <a
            href={codeHref(at, "tree", name)}
            data-row-link=""
            className="row-link min-w-0 font-mono text-code font-medium"
          >
            {name}
          </a>
          {name === defaultBranch && <Badge tone="accent">Default</Badge>}
          {branch.protected && <Badge icon={<ShieldCheck aria-hidden="true" />}>Protected</Badge>}
          <CopyButton text={name} label="Copy the branch's name" size="sm" />
        </div>
        <p className="mt-0.5 flex min-w-0 items-center gap-x-1.5 text-sm text-ink-2">
          <Person person={last.author} size={16} />
          <span className="shrink-0">
            <RelativeTime at={last.date} />
          </span>
          <CommitMark at={at} sha={last.sha} checks={branch.checks} />
        </p>
      </div>
      {ahead !== null && behind !== null && <Distance ahead={ahead} behind={behind} base={defaultBranch} />}
      <div className="relative z-1 flex items-center gap-1">
        {pull && (
          <Button
            size="sm"
            variant="ghost"
            href={path`/${at.owner}/${at.repo}/pull/${pull.number}`}
            icon={<StateIcon state={pull.draft ? "pull-draft" : "pull-open"} />}
            data-tip={pull.title}
          >
            #{pull.number}
          </Button>
        )}
        {name !== defaultBranch && !pull && (
          <Button
            size="sm"
            variant="ghost"
            icon={<GitCompareArrows aria-hidden="true" />}
            href={path`/${at.owner}/${at.repo}/compare/${deep(defaultBranch)}...${deep(name)}`}
          >
            Compare
          </Button>
        )}
        {branch.delete === true && <DeleteBranch at={at} name={name} sha={last.sha} />}
      </div>
    </li>
  );
}

/** Deletes a branch; with JavaScript it can be brought back for ten seconds. */
function DeleteBranch({ at, name, sha }: { readonly at: At; readonly name: string; readonly sha: string }) {
  const send = useSend();
  const refs = path`/repos/${at.owner}/${at.repo}/git/refs`;
  const undo = async () => {
    await send(`POST ${refs}`, { ref: `refs/heads/${name}`, sha });
  };
  return (
    <ActionButton
      action={`DELETE ${refs}/${path`heads/${deep(name)}`}`}
      onDone={() => toast({ title: `Deleted ${name}`, undo })}
      size="sm"
      variant="ghost"
      icon={<Trash2 aria-hidden="true" />}
      aria-label={`Delete ${name}`}
    />
  );
}

function Distance({
  ahead,
  behind,
  base,
}: {
  readonly ahead: number;
  readonly behind: number;
  readonly base: string;
}) {
  return (
    <span className="tabular text-sm text-ink-2 sm:w-40 sm:text-right" title={`Compared with ${base}`}>
      {ahead} ahead · {behind} behind
    </span>
  );
}
