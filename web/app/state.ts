import type { FormState } from "../ui/form-context.ts";
import type { ReadState } from "./query.ts";

/** What the server hands to the browser with the page. */
export interface PageState {
  readonly reads: ReadState;
  /** Milliseconds since 1970 at which the server drew the page: relative times are counted from it until hydrated. */
  readonly now: number;
  /** Random, one for each drawing of a page: seeds the idempotency keys of its forms. */
  readonly drawing: string;
  readonly development: boolean;
  /** A form that was refused and is shown again with what was typed. */
  readonly form?: FormState;
  /** The page is an error page, which the browser draws anew instead of hydrating. */
  readonly failed?: true;
}

/** JSON that may stand inside a `<script>`: no `<`, and no line end that old parsers take for one of JavaScript. */
export const safeJson = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");

/** Text that may stand in an element or in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
