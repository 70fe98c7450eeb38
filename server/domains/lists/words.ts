/** Words and names in texts. Every expression is the one of an index, to the letter. */
import { or, sql, type SQL } from "drizzle-orm";
import type { Term } from "../../../language/read.ts";
import { valuesOf } from "../../../language/query.ts";
import { wordsOf } from "../../../language/write.ts";
import type { Context } from "../../kernel/context.ts";
import type { CommentColumns, Kind } from "./kind.ts";

const asked = (words: string) => sql`websearch_to_tsquery('simple', ${words})`;

const inTexts = ({ columns }: Kind, query: SQL): SQL =>
  sql`to_tsvector('simple', ${columns.title} || ' ' || coalesce(${columns.body}, '')) @@ ${query}`;

const inComment = (comment: CommentColumns, query: SQL): SQL =>
  sql`to_tsvector('simple', ${comment.body}) @@ ${query}`;

/** That the words of a query occur where `in:` says, in titles and first texts when it says nothing. */
export function wordsWithin(ctx: Context, kind: Kind, terms: readonly Term[]): SQL | undefined {
  const text = wordsOf(terms);
  if (text === undefined) return undefined;
  const places = new Set(valuesOf(terms, "in").map((place) => place.toLowerCase()));
  const inBoth = places.size === 0 || (places.has("title") && places.has("body"));
  const found = or(
    inBoth ? inTexts(kind, asked(text)) : undefined,
    !inBoth && places.has("title") ? inOne(kind, kind.columns.title, text, terms) : undefined,
    !inBoth && places.has("body")
      ? inOne(kind, sql`coalesce(${kind.columns.body}, '')`, text, terms)
      : undefined,
    places.has("comments") ? kind.commented(ctx, (comment) => inComment(comment, asked(text))) : undefined,
    numbered(kind, terms),
  );
  return found;
}

/** In titles or in texts alone: the words that must occur narrow the search by the index first. */
function inOne(kind: Kind, field: SQL | Kind["columns"]["title"], text: string, terms: readonly Term[]): SQL {
  const there = sql`to_tsvector('simple', ${field}) @@ ${asked(text)}`;
  const wanted = wordsOf(terms.filter((term) => term.kind === "word" && !term.not));
  return wanted === undefined ? there : sql`(${there} and ${inTexts(kind, asked(wanted))})`;
}

/** A number alone is also the number of the thing. */
function numbered({ columns }: Kind, terms: readonly Term[]): SQL | undefined {
  const words = terms.filter((term) => term.kind === "word");
  const [word] = words;
  if (words.length !== 1 || !word || word.quoted || word.not) return undefined;
  const [, number] = /^#?([1-9]\d{0,8})$/.exec(word.text) ?? [];
  return number === undefined ? undefined : sql`${columns.number} = ${Number(number)}`;
}

/** That texts or comments say `@name`, for any of the names. */
export function mentioning(ctx: Context, kind: Kind, logins: readonly string[]): SQL {
  const conditions = logins
    .filter((login) => /^[A-Za-z0-9_-]{1,100}$/.test(login))
    .map((login) => {
      const said = sql`${`(^|[^[:alnum:]_/@.-])@${login}($|[^[:alnum:]_/-])`}`;
      const query = sql`plainto_tsquery('simple', ${login})`;
      const { title, body } = kind.columns;
      const inText = sql`(${inTexts(kind, query)} and (${title} ~* ${said} or ${body} ~* ${said}))`;
      const inAny = kind.commented(
        ctx,
        (comment) => sql`(${inComment(comment, query)} and ${comment.body} ~* ${said})`,
      );
      return sql`(${inText} or ${inAny})`;
    });
  return or(...conditions) ?? sql`false`;
}
