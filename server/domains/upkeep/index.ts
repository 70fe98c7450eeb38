export { checkRepository, maintainRepository, type Found } from "./commands/keep.ts";
export { repositoriesAt } from "./queries.ts";
