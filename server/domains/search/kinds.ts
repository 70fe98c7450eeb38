/** What issues and pull requests have in common for a search, and where they differ. */
import { and, eq, isNotNull, isNull, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { issueLabels, issues } from "../issues/schema.ts";
import { labels } from "../labels/schema.ts";
import { milestones } from "../planning/schema.ts";
import { prLabels, pullRequests } from "../pull-requests/schema.ts";
import { repositories } from "../repositories/schema.ts";
import type { Qualifier } from "./parse.ts";
import { numbersIn, oneOf, timesIn } from "./qualifiers.ts";

interface Columns {
  readonly id: PgColumn;
  readonly repoId: PgColumn;
  readonly title: PgColumn;
  readonly body: PgColumn;
  readonly authorId: PgColumn;
  readonly assigneeId: PgColumn;
  readonly milestoneId: PgColumn;
  readonly lockedAt: PgColumn;
  readonly commentsCount: PgColumn;
  readonly createdAt: PgColumn;
  readonly updatedAt: PgColumn;
  readonly closedAt: PgColumn;
}

export interface Kind {
  readonly name: "issue" | "pr";
  readonly columns: Columns;
  readonly open: SQL;
  readonly merged: SQL;
  readonly draft: SQL;
  /** Whether it carries any label, or one of a lower-case name. */
  readonly labelled: (name?: string) => SQL;
}

const labelNamed = (name: string | undefined) =>
  name === undefined ? undefined : sql`lower(${labels.name}) = ${name}`;

export const issueKind: Kind = {
  name: "issue",
  columns: issues,
  open: eq(issues.state, "open"),
  merged: sql`false`,
  draft: sql`false`,
  labelled: (
    name,
  ) => sql`exists (select 1 from ${issueLabels} join ${labels} on ${labels.id} = ${issueLabels.labelId}
    where ${and(sql`${issueLabels.issueId} = ${issues.id}`, labelNamed(name))})`,
};

export const pullKind: Kind = {
  name: "pr",
  columns: pullRequests,
  open: eq(pullRequests.state, "open"),
  merged: eq(pullRequests.state, "merged"),
  draft: eq(pullRequests.isDraft, true),
  labelled: (
    name,
  ) => sql`exists (select 1 from ${prLabels} join ${labels} on ${labels.id} = ${prLabels.labelId}
    where ${and(sql`${prLabels.prId} = ${pullRequests.id}`, labelNamed(name))})`,
};

const states = [
  "issue",
  "pr",
  "pull-request",
  "open",
  "closed",
  "merged",
  "unmerged",
  "draft",
  "locked",
  "unlocked",
  "public",
  "private",
] as const;

/** What a qualifier says of a kind. People and places are another matter. */
export function meant(kind: Kind, { name, values }: Qualifier): SQL {
  return or(...values.map((value) => meantBy(kind, name, value))) ?? sql`true`;
}

function meantBy(kind: Kind, name: string, value: string): SQL {
  const { columns } = kind;
  switch (name) {
    case "is":
      return inState(kind, oneOf(name, value, states));
    case "type":
      return inState(kind, oneOf(name, value, ["issue", "pr"]));
    case "state":
      return inState(kind, oneOf(name, value, ["open", "closed"]));
    case "draft":
      return oneOf(name, value, ["true", "false"]) === "true"
        ? kind.draft
        : sql`(${inState(kind, "pr")} and not ${kind.draft})`;
    case "label":
      return kind.labelled(value.toLowerCase());
    case "milestone":
      return sql`exists (select 1 from ${milestones}
        where ${milestones.id} = ${columns.milestoneId} and lower(${milestones.title}) = ${value.toLowerCase()})`;
    case "has":
      return has(kind, oneOf(name, value, ["label", "assignee", "milestone"]));
    case "no":
      return sql`not ${has(kind, oneOf(name, value, ["label", "assignee", "milestone"]))}`;
    case "comments":
      return numbersIn(name, value, columns.commentsCount);
    case "created":
      return timesIn(name, value, columns.createdAt);
    case "updated":
      return timesIn(name, value, columns.updatedAt);
    default:
      return timesIn(name, value, columns.closedAt);
  }
}

function has({ columns, labelled }: Kind, what: "label" | "assignee" | "milestone"): SQL {
  if (what === "label") return labelled();
  return sql`(${what === "assignee" ? columns.assigneeId : columns.milestoneId} is not null)`;
}

function inState(kind: Kind, state: (typeof states)[number]): SQL {
  const isPull = kind.name === "pr" ? sql`true` : sql`false`;
  switch (state) {
    case "issue":
      return sql`not ${isPull}`;
    case "pr":
    case "pull-request":
      return isPull;
    case "open":
      return kind.open;
    case "closed":
      return sql`not (${kind.open})`;
    case "merged":
      return kind.merged;
    case "unmerged":
      return sql`(${isPull} and not ${kind.merged})`;
    case "draft":
      return kind.draft;
    case "locked":
      return isNotNull(kind.columns.lockedAt);
    case "unlocked":
      return isNull(kind.columns.lockedAt);
    default:
      return sql`exists (select 1 from ${repositories}
        where ${repositories.id} = ${kind.columns.repoId} and ${repositories.isPrivate} = ${state === "private"})`;
  }
}
