/** The server writes its words and link; in the browser its code comes after the diff: see web/build/later.ts. */
export { AnnotationsNotice } from "./annotations-notice.tsx";
