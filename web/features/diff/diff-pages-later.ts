/** Links that the server draws, and that work by themselves until their code is there: see web/build/later.ts. */
export { DiffPages } from "./diff-pages.tsx";
