/** How many a query finds in each state; `more` names those of which there are more than were counted. */
export interface Counts {
  readonly open: number;
  readonly closed: number;
  readonly more: readonly ("open" | "closed")[];
}

/** As a number for people: `2,667`, or `5,000+` where nobody counted on. */
export const countOf = (counts: Counts, state: "open" | "closed"): string =>
  `${counts[state].toLocaleString("en")}${counts.more.includes(state) ? "+" : ""}`;
