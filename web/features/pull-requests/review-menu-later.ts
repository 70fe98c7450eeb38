/** The server draws it; in the browser its code comes after the diff: see web/build/later.ts. */
export { ReviewMenu } from "./review-menu.tsx";
