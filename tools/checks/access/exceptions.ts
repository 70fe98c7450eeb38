/** Where an operation differs from what its access alone would say, each with the reason. */

/** Operations whose answer "no" is 404, as GitHub has it. */
export const saysNoBy404: ReadonlySet<string> = new Set([
  "activity/check-repo-is-starred-by-authenticated-user",
  "activity/get-repo-subscription",
  "repos/check-collaborator",
  "teams/check-permissions-for-repo-in-org",
  "pulls/check-if-merged",
  // A repository that was never imported.
  "migrations/get-import-status",
  "migrations/cancel-import",
  // A repository without a CODEOWNERS file.
  "repos/codeowners-errors",
  // A thing that only its owner has.
  "orgs/get-membership-for-authenticated-user",
  "users/get-public-ssh-key-for-authenticated-user",
]);

/** Operations whose path names nothing that belongs to one repository. */
export const noNestedIds: ReadonlySet<string> = new Set([
  // A person.
  "repos/add-collaborator",
  "repos/check-collaborator",
  "repos/get-collaborator-permission-level",
  "repos/remove-collaborator",
  "issues/check-user-can-be-assigned",
  // A file that need not exist yet.
  "repos/create-or-update-file-contents",
  // The beginning of a name, which may have no continuation.
  "git/list-matching-refs",
]);

export interface Refinement {
  /** The access that the handler demands beyond the route's. */
  readonly access?: string;
  /** The status for a thing that is not there, where GitHub's is another than 404. */
  readonly unknown?: number;
}

export const refinements: Readonly<Record<string, Refinement>> = {
  // Who works on a repository is the business of those who do.
  "repos/list-collaborators": { access: "repository:write" },
  "repos/check-collaborator": { access: "repository:write" },
  "repos/get-collaborator-permission-level": { access: "repository:write" },
  // GitHub calls a commit or a reference that is not there a wrong field.
  "git/delete-ref": { unknown: 422 },
  "repos/create-commit-status": { unknown: 422 },
};
