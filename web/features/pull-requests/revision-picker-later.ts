/** The server draws it as a form that works by itself, until its code is there: see web/build/later.ts. */
export { RevisionPicker } from "./revision-picker.tsx";
