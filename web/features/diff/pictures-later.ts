/** A browser fetches it with the first picture of a page: see web/build/later.ts. */
export { Pictures } from "./pictures.tsx";
