import { Plus, UsersRound } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { List, Row } from "../../ui/list.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { managesTeams } from "./manages.ts";
import type { teamsPage } from "./routes.ts";
import { TeamForm } from "./team-form.tsx";

export default function TeamsPage({ params, data, search }: PageProps<typeof teamsPage>) {
  const { teams } = data;
  const manages = managesTeams(data.membership);
  const here = path`/orgs/${params.org}/teams`;
  const adding = manages && search.get("new") !== null;
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden="true" />} href={`${here}?new=1`}>
      New team
    </Button>
  );
  return (
    <>
      <PageHead
        title="Teams"
        about="Members together: asked for reviews, mentioned, and given rights by one name."
        acts={manages && !adding && teams.items.length > 0 && add}
      />
      {adding && (
        <div className="mb-6 rounded-lg border border-line bg-sunken p-4">
          <TeamForm
            action={path`POST /orgs/${params.org}/teams`}
            id="new"
            redirect="/orgs/{organization.login}/teams/{slug}"
            back={here}
          />
        </div>
      )}
      {teams.items.length === 0 && !adding ? (
        <EmptyState icon={<UsersRound aria-hidden="true" />} title="No teams" action={manages && add}>
          {manages
            ? "Put people who work on the same things into a team: you ask all of them by one name."
            : "Owners and admins of the organization make them."}
        </EmptyState>
      ) : (
        <List label="Teams" className="border-y border-line">
          {teams.items.map((team) => (
            <Row
              key={team.id}
              before={<UsersRound aria-hidden="true" className="text-ink-3" />}
              href={`${here}/${encodeURIComponent(team.slug)}`}
              title={team.name}
              after={
                team.description && (
                  <span dir="auto" className="min-w-0 text-sm text-ink-2 [overflow-wrap:anywhere]">
                    {team.description}
                  </span>
                )
              }
              end={
                <>
                  <span className="tabular whitespace-nowrap">{counted(team.members_count, "member")}</span>
                  <span className="tabular whitespace-nowrap">
                    {counted(team.repos_count, "repository", "repositories")}
                  </span>
                </>
              }
            />
          ))}
        </List>
      )}
      <Pagination links={teams.links} search={search} />
    </>
  );
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
