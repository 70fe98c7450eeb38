/** Who is written to when a mirror keeps failing, ends, or works again. */
import { and, asc, eq } from "drizzle-orm";
import { system } from "../../../kernel/actor.ts";
import { actingAs, type Context } from "../../../kernel/context.ts";
import type { EventRow } from "../../../kernel/events.ts";
import { user } from "../../accounts/schema.ts";
import { orgMembers } from "../../organizations/schema.ts";
import { findRepositoryById, type Repository } from "../access.ts";
import { fullName, htmlUrl } from "../addresses.ts";
import { permissionOf } from "../queries.ts";
import { repositoryMirrors } from "../remotes/schema.ts";
import { mirrorFailed, mirrorRecovered, mirrorStopped } from "./events.ts";

/** Failures in a row after which people are told: one is often the weather. */
export const persistent = 5;
const mostOwners = 10;

interface Told {
  readonly letter: "mirror-failing" | "mirror-stopped" | "mirror-recovered";
  readonly reason: string | null;
}

/** Writes to whoever answers for the mirror, or to the owners where nobody does any more; nothing when it is otherwise by now. */
export async function writeAboutMirror(ctx: Context, event: EventRow): Promise<void> {
  const as = actingAs(ctx, system("repositories.mirror-letters"));
  const repo = event.repoId === null ? null : await findRepositoryById(as, event.repoId);
  if (!repo || event.subjectId === null) return;
  const [row] = await ctx.db
    .select()
    .from(repositoryMirrors)
    .where(eq(repositoryMirrors.id, event.subjectId));
  if (!row) return;
  const told = storyOf(event.type, event.payload, row);
  if (!told) return;
  for (const person of await readersOf(ctx, repo, row.setById)) {
    const letter = await ctx.mail.compose({
      ...told,
      site: new URL(ctx.config.url).host,
      name: person.name,
      repository: fullName(repo),
      address: row.url,
      link: `${htmlUrl(ctx, repo)}/settings/mirrors`,
    });
    await ctx.mail.send({ to: person.email, ...letter });
  }
}

function storyOf(type: string, payload: unknown, row: typeof repositoryMirrors.$inferSelect): Told | null {
  if (type === mirrorFailed.name) {
    const { failures } = mirrorFailed.payload.parse(payload);
    return failures >= persistent && row.failures >= persistent
      ? { letter: "mirror-failing", reason: row.error }
      : null;
  }
  if (type === mirrorStopped.name)
    return row.nextRunAt === null ? { letter: "mirror-stopped", reason: row.error } : null;
  const { failures } = mirrorRecovered.payload.parse(payload);
  return failures >= persistent && row.error === null ? { letter: "mirror-recovered", reason: null } : null;
}

/** Who set it up, as long as they administer the repository; else the owner, or the owners of the organization. */
async function readersOf(ctx: Context, repo: Repository, setById: string | null) {
  const person = { name: user.name, email: user.email };
  const known = (id: string) =>
    ctx.db
      .select(person)
      .from(user)
      .where(and(eq(user.id, id), eq(user.suspended, false)));
  if (setById !== null && (await permissionOf(ctx, repo, setById)) === "admin") {
    const found = await known(setById);
    if (found.length > 0) return found;
  }
  if (repo.owner.type === "user") return known(repo.owner.id);
  return ctx.db
    .select(person)
    .from(orgMembers)
    .innerJoin(user, eq(user.id, orgMembers.userId))
    .where(and(eq(orgMembers.orgId, repo.owner.id), eq(orgMembers.role, "owner"), eq(user.suspended, false)))
    .orderBy(asc(orgMembers.createdAt))
    .limit(mostOwners);
}
