/** Whether somebody of this role keeps the organization's people and teams. */
export const managesTeams = ({ org_role: role }: { readonly org_role: string }): boolean =>
  role === "owner" || role === "admin";
