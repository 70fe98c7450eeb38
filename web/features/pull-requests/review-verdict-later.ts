/** A browser fetches it when it is opened: see web/build/later.ts. */
export { ReviewVerdict } from "./review-verdict.tsx";
