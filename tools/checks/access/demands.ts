/** What the name of an access demands, said a second time and independently of the code that decides it. */
import type { Scope } from "../../../server/kernel/actor.ts";
import type { Level, Persona } from "./personas.ts";

export type Verdict = "allowed" | 401 | 403 | 404;

export interface Target {
  readonly isPrivate: boolean;
}

/** Terms are joined by `+` and proved in that order; the first that refuses is the answer. */
export function verdict(access: string, persona: Persona, target: Target): Verdict {
  // Who has proved to be someone suspended is refused at the door.
  if (persona.person === "sam") return 403;
  for (const term of access.split("+")) {
    const found = judge(term, persona, target);
    if (found !== "allowed") return found;
  }
  return "allowed";
}

/** Whether every term of the name is known here. A route with another is a route that nobody has thought about. */
export const isKnown = (access: string): boolean =>
  access
    .split("+")
    .every((term) =>
      /^(?:anyone|administrator|signed-in(?::[\w:]+)?|(?:repository|organization):(?:read|write|admin))$/.test(
        term,
      ),
    );

function judge(term: string, persona: Persona, target: Target): Verdict {
  const [kind = "", ...rest] = term.split(":");
  const detail = rest.join(":");
  switch (kind) {
    case "anyone":
      return "allowed";
    case "signed-in":
      if (persona.person === null) return 401;
      return detail === "" || carries(persona, detail as Scope) ? "allowed" : 403;
    case "administrator":
      if (persona.person === null) return 401;
      return persona.person === "root" && carries(persona, "admin") ? "allowed" : 404;
    case "repository":
      return reach(repositoryLevel(persona, target), detail as Level, persona, "hidden");
    case "organization":
      return reach(organizationLevel(persona), detail as Level, persona, "seen");
    default:
      throw new Error(`demands.ts does not know the access ${term}`);
  }
}

/** Writing includes reading of the same kind. */
export function carries(persona: Persona, scope: Scope): boolean {
  if (persona.scopes === "all") return true;
  return persona.scopes.has(scope) || persona.scopes.has(scope.replace(":read", ":write") as Scope);
}

function repositoryLevel(persona: Persona, { isPrivate }: Target): Level {
  const open: Level = isPrivate ? "none" : "read";
  if (persona.part === "none") return open;
  if (carries(persona, "repo:write")) return persona.part;
  return carries(persona, "repo:read") ? "read" : open;
}

function organizationLevel(persona: Persona): Level {
  if (persona.member === "none") return "none";
  if (carries(persona, "user:write")) return persona.member;
  return carries(persona, "user:read") ? "read" : "none";
}

const order: readonly Level[] = ["none", "read", "write", "admin"];

/** Of what is hidden nobody learns that it is there; of what everybody sees one learns that one may not. */
function reach(held: Level, needed: Level, persona: Persona, otherwise: "hidden" | "seen"): Verdict {
  if (order.indexOf(held) >= order.indexOf(needed)) return "allowed";
  if (held === "none" && otherwise === "hidden") return 404;
  return persona.person === null ? 401 : 403;
}
