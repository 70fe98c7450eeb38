/**
 * The path and query of a page's address in the one spelling that the router reads alike everywhere: percent-encoded, one
 * slash at its start, no `$`, which the router would take for a name in one of its own templates, and `^` as it is: addresses
 * are read with it encoded and the router writes it plain, so it would send visitors to the same page for ever.
 */
export function pagePath(url: string): string {
  const parsed = new URL(url.replace(/^[/\\]*/, "/"), "http://localhost");
  return plainPath(parsed.pathname) + parsed.search;
}

/** The same for a path alone. What is no UTF-8 becomes U+FFFD, which nothing is named. */
export function plainPath(pathname: string): string {
  const path = pathname.replace(/^\/+/, "/").replaceAll("$", "%24");
  const encoded = isDecodable(path)
    ? path
    : path
        .split("/")
        .map((part) => encodeURIComponent(decodeLeniently(part)))
        .join("/");
  return encoded.replaceAll(/%5e/gi, "^");
}

function isDecodable(path: string): boolean {
  try {
    // Its result is used: a bundler drops a call that seems to do nothing, and with it the error.
    return decodeURIComponent(path).length > 0;
  } catch {
    return false;
  }
}

const encoder = new TextEncoder();

function decodeLeniently(text: string): string {
  const bytes: number[] = [];
  for (const [one, hex] of text.matchAll(/%([0-9a-f]{2})|[^]/gi)) {
    if (hex === undefined) bytes.push(...encoder.encode(one));
    else bytes.push(Number.parseInt(hex, 16));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/**
 * An address or an API path with its values encoded: path`/${owner}/${repo}/issues/${number}`. `deep` keeps the slashes of a
 * value that is itself a path: path`/${owner}/${repo}/tree/${deep(branch)}`.
 */
export const path = (parts: TemplateStringsArray, ...values: readonly (string | number | Deep)[]): string =>
  parts
    .map((part, index) => {
      const value = values[index];
      return (
        part +
        (value === undefined ? "" : typeof value === "object" ? value.encoded : encodeURIComponent(value))
      );
    })
    .join("");

interface Deep {
  readonly encoded: string;
}

/** A path within a path: each of its segments encoded, its slashes kept. */
export const deep = (value: string): Deep => ({
  encoded: value.split("/").map(encodeURIComponent).join("/"),
});
