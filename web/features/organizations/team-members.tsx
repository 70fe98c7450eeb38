import { X } from "lucide-react";
import type { orgsListMembers } from "../../../api/client.gen.ts";
import { ActionButton } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Link } from "../../ui/link.tsx";
import { Pagination, type Links } from "../../ui/pagination.tsx";
import { Choose } from "./choose.tsx";

type Person = Awaited<ReturnType<typeof orgsListMembers>>["data"][number];

interface People {
  readonly items: readonly Person[];
  readonly links: Links;
}

interface Props {
  readonly members: People;
  /** The organization's, to choose from. */
  readonly people: People;
  readonly operation: string;
  readonly here: string;
  readonly search: URLSearchParams;
  readonly manages: boolean;
}

const words: Readonly<Record<string, string>> = { owner: "Owner", admin: "Admin", member: "Member" };

/** Who is in a team, with their role in the organization; those who keep teams add and remove. */
export function TeamMembers({ members, people, operation, here, search, manages }: Props) {
  const present = new Set(members.items.map(({ login }) => login));
  const whole = people.links.next === undefined && members.links.next === undefined && !search.has("cursor");
  return (
    <>
      {members.items.length === 0 ? (
        <p className="text-sm text-ink-2">
          {manages ? "Nobody is in it yet. Add the first member:" : "Nobody is in it yet."}
        </p>
      ) : (
        <ul className="rows border-y border-line">
          {members.items.map((member) => (
            <li key={member.id} className="row flex min-h-10 items-center gap-x-3 px-2 py-1.5">
              <Avatar name={member.login} src={member.avatar_url} size={24} />
              <Link href={path`/${member.login}`} look="plain" className="min-w-0 truncate font-medium">
                {member.login}
              </Link>
              <span className="grow" />
              <Badge>{words[member.org_role] ?? member.org_role}</Badge>
              {manages && (
                <ActionButton
                  action={`DELETE ${operation}/memberships/${encodeURIComponent(member.login)}`}
                  variant="ghost"
                  size="sm"
                  icon={<X aria-hidden="true" />}
                  aria-label={`Remove ${member.login}`}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <Pagination links={members.links} search={search} />
      {manages && (
        <Choose
          id="add-member"
          label="Add a member"
          placeholder="User name"
          choices={
            whole ? people.items.map(({ login }) => login).filter((login) => !present.has(login)) : undefined
          }
          actionFor={(login) => `PUT ${operation}/memberships/${encodeURIComponent(login)}`}
          parameter="add"
          search={search}
          here={here}
        />
      )}
    </>
  );
}
