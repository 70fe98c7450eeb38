export {
  createHighlighter,
  type Highlighted,
  type Highlighter,
  type HighlightOptions,
} from "./highlighter.ts";
export { detectLanguage, type Language, languageNamed } from "./languages.ts";
export { highlightStylesheet } from "./palette.ts";
