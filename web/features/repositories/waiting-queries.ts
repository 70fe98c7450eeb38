import { searchIssuesAndPullRequests } from "../../../api/client.gen.ts";
import { apiQuery } from "../../app/query.ts";

/** The searches that the start page shows to who is signed in. */
export const waiting = [
  { title: "Assigned to you", q: "is:open assignee:@me" },
  { title: "Your pull requests", q: "is:open is:pr author:@me" },
] as const;

export const waitingQuery = (q: string) =>
  apiQuery((call) => searchIssuesAndPullRequests(call, { q, sort: "updated", per_page: 5 }));
