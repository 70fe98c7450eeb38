/** The address of a repository elsewhere, as people type it. */

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface RemoteUrl {
  /** Without a name or a password in it: may be shown, stored and logged. */
  readonly url: string;
  /** What stood before the `@`. */
  readonly credentials: Credentials | null;
}

const mostCharacters = 2000;

/** A repository's address over http or https, or why this is none, in a sentence. Nothing else is an address: no path, no other protocol. */
export function parseRemoteUrl(text: string): RemoteUrl | string {
  const wrong = "A repository is imported from an address that begins with https:// or http://";
  if (text.length > mostCharacters) return `An address has at most ${mostCharacters} characters`;
  // The parser would drop line ends and tabs without a word.
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x20\x7f\\]/.test(text) || !text.isWellFormed())
    return "An address has no spaces, line ends or backslashes in it";
  if (!/^https?:\/\//i.test(text)) return wrong;
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (!parsed || parsed.hostname === "") return "This is not an address";
  if (parsed.search !== "" || parsed.hash !== "")
    return "The address of a repository has no ? and no # in it";
  if (parsed.pathname === "/") return "The address names a server but no repository on it";
  const credentials = credentialsOf(parsed);
  if (typeof credentials === "string") return credentials;
  parsed.username = "";
  parsed.password = "";
  return { url: parsed.href.replace(/\/+$/, ""), credentials };
}

function credentialsOf(url: URL): Credentials | null | string {
  if (url.username === "" && url.password === "") return null;
  try {
    const credentials = {
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    };
    return credentialsProblem(credentials) ?? credentials;
  } catch {
    return "The name or password in this address is not encoded as it must be";
  }
}

/** Why no server can be told these, or null. RFC 7617 §2: a name has no colon, neither has control characters. */
export function credentialsProblem({ username, password }: Credentials): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(username + password)) return "A name or password has no control characters";
  if (username.includes(":")) return "A user name has no colon in it";
  return username.length > 500 || password.length > 2000 ? "This name or password is too long" : null;
}

/** The header that says who asks. */
export const authorization = ({ username, password }: Credentials): string =>
  `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
