/** It is drawn by the server, and works by links until its code is there: see web/build/later.ts. */
export { FilesSide } from "./files-side.tsx";
