/** The server draws it; in the browser its code comes after the diff: see web/build/later.ts. */
export { AnnotationList } from "./annotation-list.tsx";
