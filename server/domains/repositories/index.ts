export {
  asPerson,
  findRepository,
  findRepositoryById,
  locateRepository,
  repositoriesById,
  requireAccess,
  withRepository,
  type Owner,
  type RepoWith,
  type Repository,
} from "./access.ts";
export { cloneUrl, fullName, gitOf, htmlUrl, repositoryUrl } from "./addresses.ts";
export {
  commitShape,
  commitView,
  diffEntryShape,
  diffEntryView,
  gitCommitShape,
  gitCommitView,
  momentOf,
} from "./code/commit-views.ts";
export { requireSides, type Side, type Sides } from "./code/compare.ts";
export { diffShape, type DiffView } from "./code/diff-shapes.ts";
export { diffView } from "./code/diff-views.ts";
export { answerBranchPulls, type BranchPullReader } from "./code/branch-notes.ts";
export { answerCommitVerdicts, commitVerdictShape } from "./code/commit-notes.ts";
export { addElsewhere, type FindElsewhere } from "./code/elsewhere.ts";
export { inert, mediaOf, textAnswer, type Media } from "./code/media.ts";
export { withLineEndsOf } from "./code/line-ends.ts";
export { peopleByEmail, peopleOf, type People } from "./code/people.ts";
export { diffOptions, diffQuery } from "./code/web/changes.ts";
export { requirePlace } from "./code/web/places.ts";
export { commitCard, commitCardShape } from "./code/web/shapes.ts";
export { addCollaborator } from "./collaborators/commands.ts";
export { createRepository, type NewRepository } from "./commands/create.ts";
export {
  repositoryCreated,
  repositoryForked,
  repositoryPublicized,
  repositoryUnarchived,
  repositoryUpdated,
} from "./events.ts";
export { protectionCreated, protectionDeleted, protectionUpdated } from "./protection/events.ts";
export { pushed, type Pushed } from "./git/events.ts";
export { moveInternalRefs, moveRefs, requireMoved, type Move, type MoveOptions } from "./git/move-refs.ts";
export { gitBytes } from "./git/tend.ts";
export { addSshCommand } from "./git/ssh-command.ts";
export { noteIntent } from "./git/intents.ts";
export { settleIntent } from "./git/move-refs.ts";
export { proposalBytes, requireHelper, requireProposer } from "./git/admission.ts";
export { proposalReason, takeProposals, type Proposal, type ProposalTaker } from "./git/proposals.ts";
export { addPushHint, type PushHint } from "./git/pushes.ts";
export { answerChecks, checksLacking } from "./protection/decide.ts";
export { wantsPullRequest } from "./protection/policy.ts";
export { addFreight, type Carried, type Freight, type FreightLook } from "./remotes/freight.ts";
export { branchRule, branchRules } from "./protection/queries.ts";
export { ownHome, type Home } from "./homes.ts";
export { identityOf, signatureOf, type Identity } from "./identity.ts";
export { allocateNumber, countOpenIssues, countOpenPullRequests } from "./numbers.ts";
export { findFork } from "./family.ts";
export { listRepositories, permissionOf, permissionsOfUsers, type RepositoryFilter } from "./queries.ts";
export { holds, visibleTo, writes, type Standing } from "./standing.ts";
export { repositoryStarred } from "./stars/events.ts";
export { repositoryShape, repositoryView, type RepositoryView } from "./views.ts";
export { listLiked } from "./stars/queries.ts";
