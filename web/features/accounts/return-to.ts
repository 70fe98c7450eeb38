import { isLocalPath } from "../../app/actions.ts";

/** Where to go after signing in: what the address says, when it is a path of this site. */
export function returnTo(search: URLSearchParams): string {
  const target = search.get("return_to") ?? "/";
  return isLocalPath(target) ? target : "/";
}
