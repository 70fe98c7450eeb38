import { Flag, Plus } from "lucide-react";
import type { Milestone } from "../../../api/client.gen.ts";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { List } from "../../ui/list.tsx";
import { Content, PageHead, Panel } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Due } from "./due.tsx";
import { MilestoneForm } from "./milestone-form.tsx";
import { MilestoneProgress } from "./progress.tsx";
import { stateIn, type milestonesPage } from "./routes.ts";
import { StateLinks } from "./state-links.tsx";

export default function MilestonesPage({ params, search, data }: PageProps<typeof milestonesPage>) {
  const { owner, repo } = params;
  const here = path`/${owner}/${repo}/milestones`;
  const state = stateIn(search);
  const { write } = data.home.can;
  const adding = search.get("new") !== null && write === true;
  const add = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden="true" />}
      href={`${here}?new=1`}
      reason={write === true ? undefined : write}
    >
      New milestone
    </Button>
  );
  return (
    <Content>
      <PageHead title="Milestones" about="What shall be done together, and by when." acts={!adding && add} />
      {adding && (
        <div className="mb-6 border-b border-line pb-6">
          <MilestoneForm
            action={path`POST /repos/${owner}/${repo}/milestones`}
            redirect={`${path`/${owner}/${repo}/milestone`}/{number}`}
            back={here}
            context={`${owner}/${repo}`}
          />
        </div>
      )}
      <Panel head={<StateLinks current={state} here={here} />}>
        {data.milestones.items.length === 0 ? (
          <EmptyState icon={<Flag aria-hidden="true" />} title={`No ${state} milestones`}>
            {state === "open"
              ? "A milestone collects issues and pull requests towards a release or a day, and shows how far you are."
              : "A milestone that is closed stays here with everything that belonged to it."}
          </EmptyState>
        ) : (
          <List label="Milestones">
            {data.milestones.items.map((milestone) => (
              <MilestoneRow
                key={milestone.id}
                milestone={milestone}
                href={path`/${owner}/${repo}/milestone/${milestone.number}`}
              />
            ))}
          </List>
        )}
      </Panel>
      <Pagination links={data.milestones.links} search={search} />
    </Content>
  );
}

function MilestoneRow({ milestone, href }: { readonly milestone: Milestone; readonly href: string }) {
  return (
    <li
      data-row=""
      className="row relative grid gap-x-8 gap-y-2 px-3 py-3 sm:grid-cols-[minmax(0,1fr)_240px]"
    >
      <div className="min-w-0">
        <a href={href} data-row-link="" dir="auto" className="row-link block text-base font-semibold">
          {milestone.title}
        </a>
        {milestone.description && (
          <p dir="auto" className="mt-0.5 line-clamp-2 text-sm text-ink-2">
            {milestone.description}
          </p>
        )}
        <p className="mt-1 text-sm text-ink-2">
          <Due milestone={milestone} />
        </p>
      </div>
      <div className="flex flex-col justify-center gap-1.5">
        <MilestoneProgress milestone={milestone} />
        <p className="text-sm text-ink-2">
          <span className="tabular">{milestone.open_issues}</span> open,{" "}
          <span className="tabular">{milestone.closed_issues}</span> closed
        </p>
      </div>
    </li>
  );
}
