import { Undo2, Cherry } from "lucide-react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { useOpened, type Opened } from "../pull-requests/use-opened.ts";
import type { At } from "./hrefs.ts";

/** Which of the two is open, said by the address. */
export const useFollowUp = (search: URLSearchParams): Opened => useOpened(search, "follow");

/** The ways to a pull request that takes a commit back or brings it to another branch. */
export const FollowUpLinks = ({ follow }: { readonly follow: Opened }) => (
  <>
    <LinkButton {...follow.opens("revert")} aria-expanded={follow.opened === "revert"}>
      <Undo2 aria-hidden="true" />
      Revert…
    </LinkButton>
    <LinkButton {...follow.opens("cherry-pick")} aria-expanded={follow.opened === "cherry-pick"}>
      <Cherry aria-hidden="true" />
      Cherry-pick…
    </LinkButton>
  </>
);

interface Props {
  readonly at: At;
  readonly sha: string;
  readonly defaultBranch: string;
  readonly follow: Opened;
}

/** The branch it is for; everything else is in the pull request that comes of it. */
export function FollowUpForm({ at, sha, defaultBranch, follow }: Props) {
  const { opened } = follow;
  if (opened !== "revert" && opened !== "cherry-pick") return null;
  const back = opened === "revert";
  return (
    <ActionForm
      key={opened}
      id="follow-up"
      action={path`POST /repos/${at.owner}/${at.repo}/commits/${sha}/${opened}`}
      redirect={path`/${at.owner}/${at.repo}/pull/` + "{number}"}
      className="mt-3 flex flex-col gap-2 border-t border-line pt-3 text-sm"
    >
      <FormRefusal />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 text-ink-2">
          {back ? "A pull request that takes this back from" : "A pull request that brings this to"}
        </p>
        <Field name="base" label="Branch" bare className="min-w-44 grow basis-44 sm:max-w-80">
          <Input
            required
            mono
            small
            defaultValue={back ? defaultBranch : undefined}
            placeholder="Branch"
            spellCheck={false}
            autoComplete="off"
            autoFocus
          />
        </Field>
        <span className="flex flex-wrap gap-2">
          <Submit size="sm">Open pull request</Submit>
          <LinkButton variant="ghost" {...follow.closes}>
            Cancel
          </LinkButton>
        </span>
      </div>
    </ActionForm>
  );
}
