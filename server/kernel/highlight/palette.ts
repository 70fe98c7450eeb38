import type { ThemeRegistrationRaw } from "shiki/types";
import { outlineStyles } from "./outline.ts";

/** One kind of token: its class, its colours (a test checks their contrast) and the scopes it covers. */
type Ink = { name: string; light: string; dark: string; style?: string; scopes: string[] };

/**
 * Scopes are TextMate's; the longest match wins, and among equals the later one. Grammars follow the naming
 * conventions of https://macromates.com/manual/en/language_grammars.
 */
const inks: Ink[] = [
  {
    name: "hc",
    light: "#59636e",
    dark: "#9198a1",
    scopes: ["comment", "punctuation.definition.comment", "string.comment"],
  },
  {
    name: "hk",
    light: "#8a1f6b",
    dark: "#f48fb1",
    scopes: [
      "keyword",
      "storage",
      "storage.type",
      "variable.language",
      "keyword.operator.new",
      "keyword.operator.expression",
    ],
  },
  {
    name: "ho",
    light: "#3d4550",
    dark: "#b6bfca",
    scopes: ["keyword.operator", "storage.type.function.arrow"],
  },
  {
    name: "hs",
    light: "#0b5d3b",
    dark: "#8fd6a5",
    scopes: [
      "string",
      "punctuation.definition.string",
      "string.quoted",
      "markup.inline.raw",
      "markup.raw",
      "markup.fenced_code",
    ],
  },
  {
    name: "hr",
    light: "#7a4100",
    dark: "#f0b072",
    scopes: [
      "string.regexp",
      "constant.character.escape",
      "constant.other.placeholder",
      "punctuation.definition.template-expression",
    ],
  },
  {
    name: "hn",
    light: "#0a4fa8",
    dark: "#8cc2ff",
    scopes: [
      "constant",
      "constant.numeric",
      "constant.language",
      "support.constant",
      "variable.other.constant",
      "variable.other.enummember",
    ],
  },
  {
    name: "hf",
    light: "#5a32a3",
    dark: "#d0b3ff",
    scopes: [
      "entity.name.function",
      "support.function",
      "meta.function-call entity.name.function",
      "variable.function",
      "entity.name.command",
    ],
  },
  {
    name: "ht",
    light: "#7a4b00",
    dark: "#eac779",
    scopes: [
      "entity.name.type",
      "entity.name.class",
      "entity.name.namespace",
      "support.type",
      "support.class",
      "entity.other.inherited-class",
      "storage.type.primitive",
      "support.type.primitive",
    ],
  },
  {
    name: "hp",
    light: "#065a75",
    dark: "#86d3e6",
    scopes: [
      "variable.other.property",
      "variable.other.object.property",
      "support.type.property-name",
      "meta.object-literal.key",
      "entity.name.tag.yaml",
      "support.variable.property",
      "meta.property-name",
      "keyword.other.definition.ini",
    ],
  },
  {
    name: "ha",
    light: "#7a4b00",
    dark: "#eac779",
    scopes: ["entity.other.attribute-name", "meta.decorator", "meta.annotation", "punctuation.decorator"],
  },
  { name: "hg", light: "#0b5d3b", dark: "#8fd6a5", scopes: ["entity.name.tag"] },
  {
    name: "hh",
    light: "#0a4fa8",
    dark: "#8cc2ff",
    style: "font-weight:600",
    scopes: ["markup.heading", "entity.name.section"],
  },
  { name: "hb", light: "inherit", dark: "inherit", style: "font-weight:600", scopes: ["markup.bold"] },
  { name: "he", light: "inherit", dark: "inherit", style: "font-style:italic", scopes: ["markup.italic"] },
  {
    name: "hl",
    light: "#0a4fa8",
    dark: "#8cc2ff",
    scopes: ["markup.underline.link", "string.other.link"],
  },
  {
    name: "hi",
    light: "#0b5d3b",
    dark: "#8fd6a5",
    scopes: ["markup.inserted", "punctuation.definition.inserted"],
  },
  {
    name: "hd",
    light: "#a11722",
    dark: "#ff9c95",
    scopes: ["markup.deleted", "punctuation.definition.deleted"],
  },
  { name: "hx", light: "#a11722", dark: "#ff9c95", scopes: ["invalid"] },
  // Text inside a template expression is code again, whatever encloses it.
  {
    name: "",
    light: "inherit",
    dark: "inherit",
    scopes: ["meta.template.expression", "meta.embedded", "source.groovy.embedded", "string source"],
  },
];

const numbered = (index: number) => `#${(index + 1).toString(16).padStart(6, "0")}`;

/** A theme whose colours are not colours but numbers of inks: one pass serves light and dark. */
export const inkTheme: ThemeRegistrationRaw = {
  name: "ink",
  type: "light",
  settings: [
    { settings: { foreground: "#000000", background: "#ffffff" } },
    ...inks.map((ink, index) => ({ scope: ink.scopes, settings: { foreground: numbered(index) } })),
    ...outlineStyles,
  ],
};

const classes = new Map(inks.map((ink, index) => [numbered(index), ink.name]));

/** The class of a colour of {@link inkTheme}; "" for plain text. */
export function inkClass(color: string | undefined): string {
  return classes.get(color?.toLowerCase() ?? "") ?? "";
}

/** The colours of every class, for checks of contrast. */
export const inkColors = inks
  .filter((ink) => ink.light.startsWith("#"))
  .map(({ name, light, dark }) => ({ name, light, dark }));

/** The rules for all classes of highlighted code. They follow `color-scheme`, so set that to switch the theme. */
export const highlightStylesheet = inks
  .filter((ink) => ink.name !== "")
  .map((ink) => {
    const color = ink.light === "inherit" ? [] : [`color:light-dark(${ink.light},${ink.dark})`];
    return `.${ink.name}{${[...color, ...(ink.style ? [ink.style] : [])].join(";")}}\n`;
  })
  .join("");
