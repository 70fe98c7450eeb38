/**
 * Pages that were drawn for visitors who are not signed in, kept while they would be drawn the same again: as long as nothing was
 * written (kernel/freshness.ts), no reference moved that the drawing read (git/ref-cache.ts), and not longer than half a
 * minute, because pages say how long ago things were.
 */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { RefsRead } from "../git/followed-refs.ts";
import { areRefsUnchanged } from "../git/ref-cache.ts";
import { BoundedCache } from "../kernel/bounded-cache.ts";
import type { Freshness } from "../kernel/freshness.ts";
import { etagOf, matches } from "../kernel/http/etag.ts";

const lifeMs = 30_000;
const maxBytes = 32 * 1024 * 1024;
/** Cookies that say how the frame looks (web/app/look.ts): a page drawn for one look is good for all visitors who have it. */
const lookCookie = /^wit_(?:theme|contrast|rail)=[a-z]{1,20}$/;

/** A page as it leaves the server. */
export interface Drawn {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

interface KeptPage {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  readonly count: number;
  readonly refs: RefsRead;
  readonly squeezed: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>;
}

/**
 * What a request's page depends on besides the database and the references, or null when that is too much: whoever is signed
 * in has pages of their own.
 */
export function keyOf(url: URL, headers: Headers): string | null {
  if (headers.has("authorization")) return null;
  const cookies = (headers.get("cookie") ?? "")
    .split(";")
    .map((one) => one.trim())
    .filter(Boolean);
  if (!cookies.every((one) => lookCookie.test(one))) return null;
  return `${url.pathname}${url.search} ${cookies.toSorted().join(";")}`;
}

const emptyCache = () => new BoundedCache<KeptPage>(maxBytes, ({ body }) => body.length * 1.5);

export class KeptPages {
  readonly #freshness: Freshness;
  #pages = emptyCache();
  /** The count of writes that all of them were drawn under. */
  #count: number | null = null;

  constructor(freshness: Freshness) {
    this.#freshness = freshness;
  }

  /** What is kept, in bytes. */
  get weight(): number {
    return this.#pages.weight;
  }

  /**
   * Lets go of what was drawn before the last write: it is never right again, and each such page would hold a list of all references
   * as they were.
   */
  #forgetFormer(): void {
    const { count } = this.#freshness;
    if (count === this.#count) return;
    this.#count = count;
    if (this.#pages.weight > 0) this.#pages = emptyCache();
  }

  /** The page kept under a key, if it is right by now. */
  async find(key: string): Promise<KeptPage | null> {
    this.#forgetFormer();
    const page = this.#pages.get(key);
    if (!page || page.count !== this.#freshness.count) return null;
    return (await areRefsUnchanged(page.refs)) && page.count === this.#freshness.count ? page : null;
  }

  /**
   * Keeps a page that was drawn while nothing was written, `before` being the count when the drawing began. A page with a form
   * to post is not kept: it carries a key of its own.
   */
  keep(key: string, page: Drawn, before: number | null, refs: RefsRead | null): void {
    if (before === null || before !== this.#freshness.count || refs === null) return;
    if (page.status !== 200 || page.headers.has("set-cookie") || /method="post"/i.test(page.html)) return;
    this.#forgetFormer();
    const body = new TextEncoder().encode(page.html);
    this.#pages.set(
      key,
      {
        headers: [...page.headers],
        body,
        etag: etagOf(body),
        count: before,
        refs,
        squeezed: new Map(),
      },
      lifeMs,
    );
  }
}

/** Answers with a kept page: nothing when the client has it, small when the client can unpack it. */
export async function answerKept(page: KeptPage, asked: Headers): Promise<Response> {
  const headers = new Headers(page.headers.map(([name, value]): [string, string] => [name, value]));
  headers.set("etag", page.etag);
  if (matches(asked, page.etag)) return new Response(null, { status: 304, headers });
  const encoding = encodingFor(asked);
  if (!encoding) return new Response(page.body, { headers });
  let body = page.squeezed.get(encoding);
  if (!body) page.squeezed.set(encoding, (body = squeeze[encoding](page.body)));
  headers.set("content-encoding", encoding);
  return new Response(await body, { headers });
}

/** Compresses a page that is drawn for one visitor: quickly. */
export async function squeezed(page: Drawn, asked: Headers): Promise<Response> {
  const encoding = encodingFor(asked);
  if (!encoding || page.html.length < 2_000) return new Response(page.html, page);
  page.headers.set("content-encoding", "gzip");
  return new Response(await compressGzip(page.html, { level: 4 }), page);
}

type Encoding = "br" | "gzip";

const compressGzip = promisify<string | Uint8Array, { level: number }, Uint8Array<ArrayBuffer>>(
  gzip as never,
);
const compressBrotli = promisify<Uint8Array, object, Uint8Array<ArrayBuffer>>(brotliCompress as never);

const squeeze: Record<Encoding, (body: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>> = {
  br: (body) => compressBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => compressGzip(body, { level: 6 }),
};

/** What both sides can (RFC 9110 §12.5.3); what the client gives no weight is not wanted. */
function encodingFor(asked: Headers): Encoding | null {
  const wanted = new Map(
    (asked.get("accept-encoding") ?? "").split(",").map((one): [string, number] => {
      const [name = "", ...parameters] = one
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = parameters.find((parameter) => parameter.startsWith("q="));
      return [name, weight === undefined ? 1 : Number(weight.slice(2)) || 0];
    }),
  );
  for (const encoding of ["br", "gzip"] as const) if ((wanted.get(encoding) ?? 0) > 0) return encoding;
  return null;
}
