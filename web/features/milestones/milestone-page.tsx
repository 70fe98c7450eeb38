import { CircleCheck, Flag, Pencil } from "lucide-react";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { List } from "../../ui/list.tsx";
import { Content, PageHead, Panel } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { pageOf } from "../issues/at.ts";
import { IssueRow } from "../issues/issue-row.tsx";
import { Due } from "./due.tsx";
import { MilestoneForm } from "./milestone-form.tsx";
import { MilestoneProgress } from "./progress.tsx";
import { stateIn, type milestonePage } from "./routes.ts";
import { StateLinks } from "./state-links.tsx";

export default function MilestonePage({ params, search, data }: PageProps<typeof milestonePage>) {
  const { owner, repo, number } = params;
  const { milestone, list } = data;
  const all = path`/${owner}/${repo}/milestones`;
  const here = path`/${owner}/${repo}/milestone/${number}`;
  const operation = path`/repos/${owner}/${repo}/milestones/${number}`;
  const writes = data.home.can.write === true;
  const state = stateIn(search);
  const page = pageOf(search);
  const line = `is:${state} milestone:#${number}`;
  const links = {
    ...(page > 1 ? { prev: page === 2 ? "?" : `?page=${page - 1}` } : {}),
    ...(list.next === null ? {} : { next: `?page=${page + 1}` }),
  };
  if (writes && search.get("edit") !== null) {
    return (
      <Content>
        <PageHead title="Change milestone" />
        <MilestoneForm
          action={`PATCH ${operation}`}
          redirect={here}
          back={here}
          milestone={milestone}
          context={`${owner}/${repo}`}
        />
      </Content>
    );
  }
  return (
    <Content>
      <PageHead
        title={milestone.title}
        about={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <Link look="muted" href={all}>
              All milestones
            </Link>
            {milestone.state === "closed" && <Badge>Closed</Badge>}
            <Due milestone={milestone} />
          </span>
        }
        acts={
          writes && (
            <>
              <Button size="sm" icon={<Pencil aria-hidden="true" />} href={`${here}?edit=1`}>
                Edit
              </Button>
              <ActionButton
                action={`PATCH ${operation}`}
                values={{ state: milestone.state === "open" ? "closed" : "open" }}
                size="sm"
                icon={<CircleCheck aria-hidden="true" />}
              >
                {milestone.state === "open" ? "Close" : "Reopen"}
              </ActionButton>
              <Button size="sm" variant="danger" href={`${here}?delete=1`}>
                Delete
              </Button>
            </>
          )
        }
      />
      {writes && search.get("delete") !== null && (
        <ActionForm
          action={`DELETE ${operation}`}
          redirect={all}
          className="mb-4 flex flex-wrap items-center gap-2 rounded-lg border border-line px-3 py-2.5"
        >
          <span className="mr-auto text-sm">Delete this milestone? Its issues and pull requests stay.</span>
          <FormRefusal />
          <Submit variant="danger" size="sm">
            Delete
          </Submit>
          <Button size="sm" href={here}>
            Keep
          </Button>
        </ActionForm>
      )}
      <div className="mb-5 max-w-prose">
        <MilestoneProgress milestone={milestone} />
        {milestone.description && (
          <p dir="auto" className="mt-3 whitespace-pre-line text-ink-2">
            {milestone.description}
          </p>
        )}
      </div>
      <Panel head={<StateLinks current={state} here={here} counts={list.counts} />}>
        {list.issues.length === 0 ? (
          <EmptyState icon={<Flag aria-hidden="true" />} title={`No ${state} issues here`}>
            {state === "open"
              ? "Open an issue and choose this milestone beside it."
              : "What is closed of this milestone is listed here."}
          </EmptyState>
        ) : (
          <List label="Issues">
            {list.issues.map((issue) => (
              <IssueRow
                key={issue.id}
                at={{ owner, repo }}
                issue={{ ...issue, milestone: null }}
                line={line}
              />
            ))}
          </List>
        )}
      </Panel>
      <Pagination links={links} search={search} />
    </Content>
  );
}
