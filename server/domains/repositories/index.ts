export {
  asPerson,
  findRepository,
  findRepositoryById,
  locateRepository,
  orgOf,
  repositoriesById,
  requireAccess,
  withRepository,
  type Owner,
  type RepoWith,
  type Repository,
} from "./access.ts";
export { cloneUrl, encodePath, fullName, gitOf, htmlUrl, repositoryUrl, sshUrl } from "./addresses.ts";
export { commitShape, commitView, diffEntryShape, diffEntryView, momentOf } from "./code/commit-views.ts";
export { compareSides, requireSides, type Side, type Sides } from "./code/compare.ts";
export { diffFileShape, diffLineShape, diffShape, diffView, type DiffView } from "./code/diff-views.ts";
export { mediaOf, textAnswer, type Media } from "./code/media.ts";
export { peopleByEmail, peopleOf, personOf, type People } from "./code/people.ts";
export { diffOptions, diffQuery } from "./code/web/changes.ts";
export { commitCard, commitCardShape, commitLine, commitLineShape } from "./code/web/shapes.ts";
export { collaboratorAdded, collaboratorRemoved } from "./collaborators/events.ts";
export { addCollaborator } from "./collaborators/commands.ts";
export { createRepository, type NewRepository } from "./commands/create.ts";
export { forkRepository } from "./commands/fork.ts";
export {
  repositoryArchived,
  repositoryCreated,
  repositoryDeleted,
  repositoryForked,
  repositoryPrivatized,
  repositoryPublicized,
  repositoryRenamed,
  repositoryRestored,
  repositoryTransferred,
  repositoryUnarchived,
  repositoryUpdated,
} from "./events.ts";
export { pushed, type Pushed } from "./git/events.ts";
export { joinedGit } from "./git/joined.ts";
export {
  moveInternalRefs,
  moveProblem,
  moveRefs,
  requireMoved,
  type Move,
  type MoveOptions,
} from "./git/move-refs.ts";
export { addPushHint, type PushHint } from "./git/pushes.ts";
export { ownHome, requireHome, type Home } from "./homes.ts";
export { actorIdentity, identityOf, signatureOf, type Identity } from "./identity.ts";
export { allocateNumber, countOpenIssues, countOpenPullRequests } from "./numbers.ts";
export {
  findFork,
  listRepositories,
  permissionOf,
  permissionsOfUsers,
  watcherIds,
  type RepositoryFilter,
} from "./queries.ts";
export { repoAccess, standingLevel, visibleTo, type Standing } from "./standing.ts";
export { repositoryStarred } from "./stars/events.ts";
export {
  fullRepositoryShape,
  fullRepositoryView,
  permissionsOf,
  repositoryShape,
  repositoryView,
  type RepositoryView,
} from "./views.ts";
export { watch } from "./watching/commands.ts";
export { listLiked } from "./stars/queries.ts";
