export { changeAccount } from "./commands/administration.ts";
export { actorOf, authenticate, authenticateSshKey, isStillGood } from "./authenticate.ts";
export { createToken } from "./commands/credentials.ts";
export { createUser } from "./commands/sign-up.ts";
export {
  claimLogin,
  countRepositories,
  findOwner,
  ownerColumns,
  releaseLogin,
  renameLogin,
  type Owner,
} from "./names.ts";
export { singleLine, website } from "./input.ts";
export { getProfile, getUser, hasUsers, usersById, usersByLogin, type Profile } from "./queries.ts";
export { readSignUpPolicy } from "./settings.ts";
export {
  avatarUrl,
  nullableSimpleUser,
  publicUserShape,
  simpleUser,
  simpleUserShape,
  userView,
  type Named,
  type SimpleUser,
} from "./views.ts";
