export {
  createHighlighter,
  type Highlighted,
  type Highlighter,
  type HighlightOptions,
} from "./highlighter.ts";
export { type Language, languageNamed } from "./languages.ts";
export type { OutlineEntry } from "./outline.ts";
