export type { Heading } from "./headings.ts";
export {
  createMarkup,
  type Markup,
  type MarkupSettings,
  type ReferenceTarget,
  type Rendered,
  type RenderOptions,
} from "./markup.ts";
export type { MarkupOptions } from "./prepare.ts";
export { type IssueReference, type Reference, referencesInText } from "./references.ts";
