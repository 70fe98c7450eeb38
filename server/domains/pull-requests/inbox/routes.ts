import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { route, signedIn } from "../../../kernel/http/route.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { labelShape, labelView } from "../../labels/index.ts";
import { fullName, repositoriesById } from "../../repositories/index.ts";
import { labelsOf } from "../queries.ts";
import { placesOf } from "../views.ts";
import { inboxFacts, mostInInbox, type Facts } from "./queries.ts";
import { place, sections } from "./sections.ts";

const entryShape = z
  .object({
    repository: z.string().describe("`owner/name`"),
    number: z.int(),
    title: z.string(),
    draft: z.boolean(),
    url: z.url(),
    html_url: z.url(),
    author: simpleUserShape.nullable(),
    labels: z.array(labelShape),
    section: z.enum(sections),
    reason: z.string().describe("One word, such as `review_requested`"),
    sentence: z.string().describe("Why it stands where it does"),
    checks: z.enum(["failure", "pending", "success"]).nullable(),
    decision: z.enum(["approved", "changes_requested"]).nullable(),
    comments: z.int(),
    since: z.iso.datetime().describe("When your review was asked for, else when it last changed"),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "ReviewInboxEntry" });

const inbox = route({
  method: "GET",
  path: "/user/reviews",
  operation: "reviews/inbox",
  summary: "Pull requests that wait for you or on which you wait, with the reason",
  access: signedIn("repo:read"),
  answer: z.object({
    counts: z.object({
      your_turn: z.int(),
      ready: z.int(),
      waiting_on_reviewers: z.int(),
      waiting_on_author: z.int(),
    }),
    incomplete: z.boolean().describe(`There are more than the ${mostInInbox} that changed last`),
    items: z.array(entryShape).describe("By section; in each what changed last first"),
  }),
  handle: async ({ ctx, me }) => {
    const facts = await inboxFacts(ctx, me.user.id);
    const items = await entriesOf(ctx, facts);
    const count = (section: string) => items.filter((one) => one.section === section).length;
    return {
      counts: {
        your_turn: count("your_turn"),
        ready: count("ready"),
        waiting_on_reviewers: count("waiting_on_reviewers"),
        waiting_on_author: count("waiting_on_author"),
      },
      incomplete: facts.length >= mostInInbox,
      items: items.toSorted((a, b) => sections.indexOf(a.section) - sections.indexOf(b.section)),
    };
  },
});

async function entriesOf(ctx: Context, all: readonly Facts[]): Promise<z.input<typeof entryShape>[]> {
  const [repos, people, labels] = await Promise.all([
    repositoriesById(
      ctx,
      all.map(({ pull }) => pull.repoId),
    ),
    usersById(
      ctx,
      all.map(({ pull }) => pull.authorId),
    ),
    labelsOf(
      ctx,
      all.map(({ pull }) => pull.id),
    ),
  ]);
  return all.flatMap((facts) => {
    const { pull } = facts;
    const repo = repos.get(pull.repoId);
    if (!repo) return [];
    const { url, html } = placesOf(ctx, repo, pull.number);
    return [
      {
        repository: fullName(repo),
        number: pull.number,
        title: pull.title,
        draft: pull.isDraft,
        url,
        html_url: html,
        author: nullableSimpleUser(ctx, people.get(pull.authorId)),
        labels: (labels.get(pull.id) ?? []).map((label) => labelView(ctx, repo, label)),
        ...place(facts),
        checks: facts.checks,
        decision: facts.decision,
        comments: pull.commentsCount + pull.reviewCommentsCount,
        since: (facts.askedAt ?? pull.updatedAt).toISOString(),
        updated_at: pull.updatedAt.toISOString(),
      },
    ];
  });
}

export const inboxRoutes = [inbox];
