/** Comments that wait in the reader's own review: begun with the first of them. */
import { z } from "zod";
import { created, route } from "../../../kernel/http/route.ts";
import { issueInput } from "../../issues/index.ts";
import { asParticipant } from "../access.ts";
import { locate } from "../comments/locate.ts";
import { placeInput, wantedOf } from "../comments/routes.ts";
import { sha } from "../routes/input.ts";
import { catchUp } from "../heads.ts";
import { beginReview } from "../reviews/begin.ts";
import { addToReview } from "../reviews/commands.ts";
import { reviewShape, reviewView } from "../reviews/views.ts";

const draft = route({
  method: "POST",
  path: "/_web/repos/{owner}/{repo}/pulls/{pull_number}/drafts",
  operation: "web/draft-review-comment",
  summary: "Keep a comment for your review, which begins with it unless you have begun one",
  access: asParticipant(),
  internal: true,
  body: z.object({ ...placeInput, commit_id: sha.optional(), body: issueInput.commentBody }),
  answer: reviewShape,
  status: 201,
  handle: async ({ ctx, repo, pull: seen, body: input }) => {
    const pull = await catchUp(ctx, repo, seen);
    const place = await locate(ctx, repo, pull, wantedOf(input, input.commit_id));
    const review = await beginReview(ctx, repo, pull);
    await addToReview(ctx, repo, pull, review, { place, body: input.body });
    const view = await reviewView(ctx, repo, pull, review);
    return created(view, `${view.pull_request_url}/reviews/${view.id}`);
  },
});

export const draftRoutes = [draft];
