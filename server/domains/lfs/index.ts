export { adoptProposed } from "./commands/propose.ts";
export { checkContents, contentBytes } from "./contents.ts";
