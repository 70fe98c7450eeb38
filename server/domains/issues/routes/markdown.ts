import { z } from "zod";
import { invalid } from "../../../kernel/errors.ts";
import { anyone, route } from "../../../kernel/http/route.ts";
import { readBody } from "../../../kernel/http/body.ts";
import { locateRepository } from "../../repositories/index.ts";
import { longestText } from "../input.ts";
import { renderBody } from "../text.ts";

const page = (html: string) =>
  new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      // The answer is a piece of a page, and must be harmless when somebody opens it as one.
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "x-content-type-options": "nosniff",
    },
  });

/** Longer than a comment: files are previewed too. */
const longestSource = 6 * longestText;

const render = route({
  method: "POST",
  path: "/markdown",
  operation: "markdown/render",
  summary: "Render Markdown; with `context` (owner/name) as a discussion in that repository reads it",
  access: anyone,
  body: z.object({
    text: z.string().max(longestSource),
    mode: z.enum(["markdown", "gfm"]).default("markdown"),
    context: z
      .string()
      .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/)
      .optional(),
  }),
  answer: z.string(),
  handle: async ({ ctx, body }) => {
    const [owner = "", name = ""] = (body.context ?? "").split("/");
    const found = body.context === undefined ? null : await locateRepository(ctx, owner, name);
    // As at GitHub, mode `gfm` reads the text as a comment, `markdown` as a document.
    return page(
      body.mode === "gfm"
        ? await renderBody(ctx, found?.repository ?? null, body.text)
        : (await ctx.markup.render(body.text)).html,
    );
  },
});

const renderRaw = route({
  method: "POST",
  path: "/markdown/raw",
  operation: "markdown/render-raw",
  summary: "Render Markdown sent as the whole body (text/plain or text/x-markdown)",
  access: anyone,
  rawBody: true,
  answer: z.string(),
  handle: async ({ ctx, raw }) => {
    const bytes = await readBody(raw, longestSource);
    const text = new TextDecoder().decode(bytes);
    if (text.includes("\0")) throw invalid("Markdown", "body", "Text may not contain the NUL character");
    return page((await ctx.markup.render(text)).html);
  },
});

export const markdownRoutes = [render, renderRaw];
