export { assigneeFor, firstAssignable } from "./assignable.ts";
export { associationShape, associationsOf, type Association } from "./associations.ts";
export {
  commentShape,
  commentView,
  commentViews,
  type CommentView,
  type PlacedComment,
} from "./comment-views.ts";
export { type Decide, type IssueChanges } from "./commands/change.ts";
export { openIssue, type NewIssue } from "./commands/open.ts";
export { issueClosed, issueCommented, issueOpened, issueReopened } from "./events.ts";
export {
  mayComment,
  mayDeleteComment,
  mayEdit,
  mayEditComment,
  mayOpen,
  mayTriage,
  type Discussed,
  type Written,
} from "./policy.ts";
export { parseNumber, type Comment, type Issue } from "./queries.ts";
export { closeByReference, type Cause } from "./references/closing.ts";
export { addOtherKind, type Mention, type OtherKind } from "./references/other-kinds.ts";
export { sourcesOf } from "./references/sources.ts";
export { recordReferences, type Referring } from "./references/record.ts";
export { listQuery, orderFor, termsOfParameters } from "./routes/parameters.ts";
export { countFound, searchIssues } from "./search.ts";
export { markupOptions, renderBody, renderTexts, wantsHtml, type Text } from "./text.ts";
export { crossReferenceShape, eventShape, type EventView, type TimelineView } from "./timeline/views.ts";
export {
  discussionViews,
  issueShape,
  issueViews,
  type Discussion,
  type IssueInRepository,
  type IssueView,
} from "./views.ts";
export { choicesOf, choicesShape } from "./choices.ts";
export * as many from "./many.ts";
export { type ManyAnswer, type Wanted } from "./many.ts";
export * as issueInput from "./input.ts";
export { issueKind } from "./kind.ts";
export { verdictShape } from "./routes/pages.ts";
