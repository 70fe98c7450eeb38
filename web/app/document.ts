import type { Assets } from "./assets.ts";
import { lookScript, type Look } from "./look.ts";
import { escapeHtml, safeJson, type PageState } from "./state.ts";

/** The id of the element that React owns, and of the data that it starts from. */
export const rootId = "app";
export const stateId = "state";

/** The whole HTML document. `body` is React's own output, everything else is escaped here. */
export function htmlDocument(page: {
  readonly title: string;
  readonly body: string;
  readonly state: PageState;
  readonly assets: Assets;
  readonly look: Look;
  /** Marks the scripts that stand in the page. */
  readonly nonce: string;
}): string {
  const { assets, look } = page;
  const nonce = escapeHtml(page.nonce);
  const attributes = Object.entries(look)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` data-${name}="${escapeHtml(String(value))}"`)
    .join("");
  return `<!doctype html>
<html lang="en"${attributes}>
<head>
<meta charset="utf-8">
<title>${escapeHtml(page.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<script nonce="${nonce}">${lookScript}</script>
${assets.fonts.map((href) => `<link rel="preload" as="font" type="font/woff2" href="${href}" crossorigin>\n`).join("")}${assets.styles
    .map((href) => `<link rel="stylesheet" href="${href}">\n`)
    .join("")}<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${assets.preloads.map((href) => `<link rel="modulepreload" href="${href}">\n`).join("")}</head>
<body>
<div id="${rootId}">${page.body}</div>
<script type="application/json" id="${stateId}">${safeJson(page.state)}</script>
${assets.entry === "" ? "" : `<script type="module" src="${assets.entry}"></script>\n`}</body>
</html>
`;
}
