import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { FormRefusal, FormSection } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { NameTyped } from "../repositories/danger-zone.tsx";
import { managesTeams } from "./manages.ts";
import type { teamPage } from "./routes.ts";
import { TeamForm } from "./team-form.tsx";
import { TeamMembers } from "./team-members.tsx";
import { TeamRepositories } from "./team-repositories.tsx";

export default function TeamPage({ params, data, search }: PageProps<typeof teamPage>) {
  const { team, members, repositories, people, all } = data;
  const manages = managesTeams(data.membership);
  const here = path`/orgs/${params.org}/teams/${team.slug}`;
  const operation = `/orgs/${encodeURIComponent(params.org)}/teams/${encodeURIComponent(team.slug)}`;
  const mention = `@${team.organization.login}/${team.slug}`;
  return (
    <>
      <PageHead
        title={team.name}
        about={
          <span dir="auto" className="[overflow-wrap:anywhere]">
            {team.description ?? (
              <>
                A team of <Link href={path`/${params.org}`}>{team.organization.name}</Link>
              </>
            )}
          </span>
        }
        acts={
          <span className="inline-flex items-center gap-1 text-sm text-ink-2">
            <span className="[overflow-wrap:anywhere]">{mention}</span>
            <CopyButton text={mention} label="Copy the mention" />
          </span>
        }
      />
      <FormSection title="Members" about="They have what the team has, as long as they are in it.">
        <TeamMembers
          members={members}
          people={people}
          operation={operation}
          here={here}
          search={search}
          manages={manages}
        />
      </FormSection>
      <FormSection
        title="Repositories"
        about="What its members may do at least. What they have in other ways stays."
      >
        <TeamRepositories
          org={params.org}
          repositories={repositories}
          all={all}
          operation={operation}
          here={here}
          search={search}
          manages={manages}
        />
      </FormSection>
      {manages && (
        <>
          <FormSection title="Name" about="A mention by the old name leads nowhere any more.">
            <TeamForm
              action={`PATCH ${operation}`}
              id="team"
              redirect="/orgs/{organization.login}/teams/{slug}"
              team={team}
            />
          </FormSection>
          <FormSection
            title="Delete"
            danger
            about="Its members stay in the organization. This cannot be taken back."
          >
            <ActionForm
              action={`DELETE ${operation}`}
              id="delete"
              redirect={path`/orgs/${params.org}/teams`}
              className="flex flex-col items-start gap-3"
            >
              <p className="text-sm text-ink-2">{lost(team.members_count, team.repos_count)}</p>
              <FormRefusal />
              <NameTyped name={team.slug} />
              <Submit variant="danger">Delete this team</Submit>
            </ActionForm>
          </FormSection>
        </>
      )}
    </>
  );
}

/** What ends with the team. */
function lost(members: number, repositories: number): string {
  const reviews = "No pull request waits for its review any more, and nothing in CODEOWNERS is its own.";
  if (members === 0 || repositories === 0) return reviews;
  const who = members === 1 ? "Its member loses" : `Its ${members} members lose`;
  const where = repositories === 1 ? "one repository" : `${repositories} repositories`;
  return `${who} what only the team gave them in ${where}. ${reviews}`;
}
