export { checkContents, contentBytes } from "./contents.ts";
