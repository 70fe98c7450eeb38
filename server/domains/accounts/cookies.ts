/** The cookie that carries a session's token. The browser keeps it; how long the session lives is decided here, not there. */
import type { Config } from "../../kernel/config.ts";
import { parseToken } from "../../kernel/crypto/index.ts";

/** What session tokens begin with. */
export const sessionPrefix = "wits";
/** The longest that browsers keep a cookie: a session that slides must not end with its first cookie. */
const maxAgeSeconds = 400 * 86_400;

const isSecure = (config: Config) => config.url.startsWith("https://");

/** With https the `__Host-` prefix keeps other hosts of the domain from setting it (RFC 6265bis §4.1.3.2). */
const cookieName = (config: Config): string => (isSecure(config) ? "__Host-wit_session" : "wit_session");

const attributes = (config: Config) => `Path=/; HttpOnly; SameSite=Lax${isSecure(config) ? "; Secure" : ""}`;

/** The `Set-Cookie` that signs a browser in. */
export const sessionCookie = (config: Config, token: string): string =>
  `${cookieName(config)}=${token}; Max-Age=${maxAgeSeconds}; ${attributes(config)}`;

/** The `Set-Cookie` that makes a browser forget its session. */
export const clearedCookie = (config: Config): string =>
  `${cookieName(config)}=; Max-Age=0; ${attributes(config)}`;

/** The session token in a `Cookie` header, or null when there is none of the right shape. */
export function readSessionCookie(config: Config, header: string | null): string | null {
  const name = cookieName(config);
  for (const part of (header ?? "").split(";")) {
    const equals = part.indexOf("=");
    if (equals < 0 || part.slice(0, equals).trim() !== name) continue;
    const value = part.slice(equals + 1).trim();
    return parseToken(value)?.prefix === sessionPrefix ? value : null;
  }
  return null;
}
