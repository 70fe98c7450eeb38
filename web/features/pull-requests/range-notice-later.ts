/** The server writes its words and links; in the browser its code comes after the diff: see web/build/later.ts. */
export { RangeNotice } from "./range-notice.tsx";
