/**
 * Where a database is, as one URL that psql, libpq, `pg` and (through `parseDatabaseUrl`) postgres.js all read.
 * A Unix socket is written `postgresql://user:secret@localhost/name?host=%2Ffolder`, as libpq documents it:
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */

/** The parts of a database URL that a driver needs; `host` is a host name or the folder of a Unix socket. */
export type DatabaseAddress = {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  ssl: false | "allow" | "prefer" | "require" | "verify-full";
};

/** The address cannot be used; the message says which part is wrong and never repeats the password. */
export class BadDatabaseUrl extends Error {
  override readonly name = "BadDatabaseUrl";
}

const sslModes: Readonly<Record<string, DatabaseAddress["ssl"]>> = {
  disable: false,
  allow: "allow",
  prefer: "prefer",
  require: "require",
  "verify-ca": "verify-full",
  "verify-full": "verify-full",
};

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new BadDatabaseUrl("The database URL holds a percent sign that is not part of a valid escape");
  }
}

/** Reads a `postgres://` or `postgresql://` URL. Throws `BadDatabaseUrl`. */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new BadDatabaseUrl("The database URL must look like postgresql://user:password@host:5432/name");
  }
  if (url.protocol !== "postgres:" && url.protocol !== "postgresql:") {
    throw new BadDatabaseUrl(`The database URL must begin with postgresql:// and not with ${url.protocol}//`);
  }
  const portText = url.searchParams.get("port") ?? (url.port || "5432");
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new BadDatabaseUrl(`The database URL names port ${portText}, which is no port number`);
  }
  const user = decode(url.username) || url.searchParams.get("user") || "";
  if (user === "") throw new BadDatabaseUrl("The database URL names no user");
  const mode = url.searchParams.get("sslmode");
  const ssl = mode === null ? false : sslModes[mode];
  if (ssl === undefined) throw new BadDatabaseUrl(`The database URL asks for the unknown sslmode ${mode}`);
  const bracketed = decode(url.hostname);
  return {
    host: url.searchParams.get("host") ?? (bracketed.replace(/^\[(.*)\]$/, "$1") || "localhost"),
    port,
    user,
    password: decode(url.password) || url.searchParams.get("password") || "",
    database: decode(url.pathname.slice(1)) || user,
    ssl,
  };
}

/** The inverse of `parseDatabaseUrl`. */
export function formatDatabaseUrl(address: DatabaseAddress): string {
  const { host, port, user, password, database, ssl } = address;
  const socket = host.startsWith("/");
  const authority = socket ? "localhost" : host.includes(":") ? `[${host}]` : host;
  const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const mode = Object.entries(sslModes).find(([, value]) => value === ssl)?.[0];
  const query = [
    ...(socket ? [`host=${encodeURIComponent(host)}`] : []),
    ...(ssl === false || mode === undefined ? [] : [`sslmode=${ssl}`]),
  ];
  const suffix = query.length === 0 ? "" : `?${query.join("&")}`;
  return `postgresql://${credentials}@${authority}:${port}/${encodeURIComponent(database)}${suffix}`;
}

/** The same server and account, another database. */
export function withDatabase(url: string, database: string): string {
  return formatDatabaseUrl({ ...parseDatabaseUrl(url), database });
}

/** The URL with its password hidden, for logs and messages. */
export function redactDatabaseUrl(text: string): string {
  return formatDatabaseUrl({ ...parseDatabaseUrl(text), password: "***" });
}
