import { eq, or, sql } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest } from "../../kernel/paging.ts";
import { ownerColumns, type Owner } from "./names.ts";
import type { Role } from "./policy.ts";
import { invitations, owners, user } from "./schema.ts";

/** An account as administrators see it. */
export interface Account extends Owner {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly suspended: boolean;
  readonly suspendedAt: Date | null;
  readonly suspendedReason: string | null;
  readonly createdAt: Date;
}

export type Invitation = Readonly<typeof invitations.$inferSelect>;

const accountColumns = {
  ...ownerColumns,
  name: user.name,
  email: user.email,
  role: sql<Role>`${user.role}`,
  suspended: user.suspended,
  suspendedAt: user.suspendedAt,
  suspendedReason: user.suspendedReason,
  createdAt: user.createdAt,
};

export interface AccountFilter {
  readonly text?: string | undefined;
  readonly role?: Role | undefined;
  readonly suspended?: boolean | undefined;
}

export function listAccounts(
  ctx: Context,
  request: PageRequest,
  filter: AccountFilter,
): Promise<Page<Account>> {
  const part = filter.text ? `%${filter.text.replaceAll(/[\\%_]/g, "\\$&")}%` : null;
  return readPage<Account>(request, [{ column: owners.apiId, value: (row) => row.apiId }], "desc", (page) =>
    ctx.db
      .select(accountColumns)
      .from(user)
      .innerJoin(owners, eq(owners.id, user.id))
      .where(
        where(
          page.where,
          part === null
            ? undefined
            : or(
                sql`${owners.login} ilike ${part}`,
                sql`${user.name} ilike ${part}`,
                sql`${user.email} ilike ${part}`,
              ),
          filter.role === undefined ? undefined : eq(user.role, filter.role),
          filter.suspended === undefined ? undefined : eq(user.suspended, filter.suspended),
        ),
      )
      .orderBy(...page.orderBy)
      .limit(page.limit)
      .offset(page.offset),
  );
}

/** @throws Refusal 404 */
export async function getAccount(ctx: Context, id: string): Promise<Account> {
  const [row] = await ctx.db
    .select(accountColumns)
    .from(user)
    .innerJoin(owners, eq(owners.id, user.id))
    .where(eq(user.id, id));
  if (!row) throw notFound();
  return row;
}

export function listInvitations(ctx: Context, request: PageRequest): Promise<Page<Invitation>> {
  return readPage<Invitation>(request, [{ column: invitations.id, value: (row) => row.id }], "desc", (page) =>
    ctx.db
      .select()
      .from(invitations)
      .where(page.where)
      .orderBy(...page.orderBy)
      .limit(page.limit)
      .offset(page.offset),
  );
}
