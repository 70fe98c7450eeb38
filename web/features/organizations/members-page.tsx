import { X } from "lucide-react";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import type { membersPage } from "./routes.ts";

type Member = PageProps<typeof membersPage>["data"]["members"]["items"][number];

const roles = [
  { value: "member", label: "Member" },
  { value: "admin", label: "Admin" },
  { value: "owner", label: "Owner" },
] as const;

const wordFor = (role: string): string => roles.find(({ value }) => value === role)?.label ?? role;

export default function MembersPage({ params, data, search }: PageProps<typeof membersPage>) {
  const { viewer } = useFrame();
  const { members } = data;
  const mine = members.items.find(({ login }) => login === viewer?.login)?.org_role;
  const manages = mine === "owner" || mine === "admin";
  const adding = search.get("add")?.trim() ?? "";
  const here = path`/orgs/${params.org}/members`;
  return (
    <>
      <PageHead title="Members" about="Owners decide everything, admins manage people and repositories." />
      {manages && <Add org={params.org} adding={adding} here={here} />}
      <ul className="rows border-y border-line">
        {members.items.map((member) => (
          <MemberRow
            key={member.id}
            org={params.org}
            member={member}
            manages={manages}
            isMe={member.login === viewer?.login}
          />
        ))}
      </ul>
      <Pagination links={members.links} search={search} />
    </>
  );
}

interface AddProps {
  readonly org: string;
  /** Who is about to be added; empty before the name is typed. */
  readonly adding: string;
  readonly here: string;
}

function Add({ org, adding, here }: AddProps) {
  if (adding === "") {
    return (
      <form method="get" className="mb-4 flex max-w-prose items-end gap-2">
        <Field name="add" label="Add somebody" className="grow">
          <Input
            required
            placeholder="User name"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Field>
        <Button type="submit">Next</Button>
      </form>
    );
  }
  return (
    <ActionForm
      action={path`PUT /orgs/${org}/memberships/${adding}`}
      id="add-member"
      redirect={here}
      className="mb-4 flex max-w-prose flex-wrap items-end gap-2"
    >
      <Field name="org_role" label={<>What is {adding} to be?</>} className="grow">
        <RoleSelect role="member" />
      </Field>
      <Submit>Add {adding}</Submit>
      <Button variant="ghost" href={here}>
        Cancel
      </Button>
      <div className="basis-full empty:hidden">
        <FormRefusal />
      </div>
    </ActionForm>
  );
}

const RoleSelect = ({ role, ...rest }: { readonly role: string } & React.ComponentProps<"select">) => (
  <Select defaultValue={role} {...rest}>
    {roles.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </Select>
);

interface RowProps {
  readonly org: string;
  readonly member: Member;
  readonly manages: boolean;
  readonly isMe: boolean;
}

function MemberRow({ org, member, manages, isMe }: RowProps) {
  const at = { encoded: path`/orgs/${org}/memberships/${member.login}` };
  return (
    <li className="row flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
      <Avatar name={member.login} src={member.avatar_url} size={24} />
      <Link href={path`/${member.login}`} look="plain" className="font-medium">
        {member.login}
      </Link>
      <span className="grow" />
      {manages ? (
        <ActionForm
          action={path`PUT ${at}`}
          id={`role-${member.id}`}
          className="flex flex-wrap items-center gap-2"
        >
          <RoleSelect
            role={member.org_role}
            name="org_role"
            aria-label={`Role of ${member.login}`}
            className="!w-32"
            onChange={(event) => event.currentTarget.form?.requestSubmit()}
          />
          <Submit variant="secondary" size="sm" className="js:hidden">
            Save
          </Submit>
          <FormRefusal />
        </ActionForm>
      ) : (
        <Badge>{wordFor(member.org_role)}</Badge>
      )}
      {(manages || isMe) && (
        <ActionButton
          action={path`DELETE ${at}`}
          redirect={isMe ? path`/${org}` : undefined}
          variant="ghost"
          size="sm"
          icon={<X aria-hidden="true" />}
          aria-label={isMe ? "Leave" : `Remove ${member.login}`}
        >
          {isMe ? "Leave" : undefined}
        </ActionButton>
      )}
    </li>
  );
}
