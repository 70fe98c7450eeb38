/** A browser fetches it with the first one that is opened: see web/build/later.ts. */
export { LineForm } from "./line-form.tsx";
