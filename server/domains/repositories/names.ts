import { invalid } from "../../kernel/errors.ts";
import { branchNameProblem } from "../../git/names.ts";

/** @throws Refusal 422 for a name that no repository may have */
export function checkName(name: string): void {
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(name) || name === "." || name === "..")
    throw invalid(
      "Repository",
      "name",
      "A repository name has 1 to 100 letters, digits, dots, hyphens and underscores",
    );
  // `/owner/name.git` and `/owner/name.atom` are addresses of `name`.
  if (/\.(?:git|atom|wiki)$/i.test(name))
    throw invalid("Repository", "name", "A repository name cannot end in .git, .wiki or .atom");
}

/** @throws Refusal 422 for a name that git does not allow */
export function checkBranch(name: string, field: string): void {
  const problem = branchNameProblem(name);
  if (problem !== null) throw invalid("Repository", field, problem);
}
