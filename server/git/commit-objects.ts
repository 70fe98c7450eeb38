/** Commit objects: reading their bytes and writing new ones. */
import { git } from "./process.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { utf8 } from "./paths.ts";

/** Who and when, as a commit states it. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** `+hhmm` or `-hhmm`. */
  readonly zone: string;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  /** The message as written, decoded. */
  readonly message: string;
  /** Its first paragraph on one line. */
  readonly subject: string;
  /** The armoured signature, or null. */
  readonly signature: string | null;
}

/** What a new commit says. Line breaks and angle brackets are taken out of names and addresses. */
export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** Parses the bytes of a commit; never throws for what a client could have pushed, but fills in what is missing. */
export function parseCommit(oid: string, data: Buffer): Commit {
  const blank = data.indexOf("\n\n");
  const { tree, parents, author, committer, signature, encoding } = parseHeader(
    data.subarray(0, blank < 0 ? data.length : blank),
  );
  const message = decode(blank < 0 ? data.subarray(0, 0) : data.subarray(blank + 2), encoding);
  return {
    oid,
    tree,
    parents,
    author: parseSignature(decode(author, encoding)),
    committer: parseSignature(decode(committer, encoding)),
    message,
    subject: subjectOf(message),
    signature: signature?.toString("latin1") ?? null,
  };
}

/** The first paragraph of a message on one line, as `git log --oneline` shows it. */
export function subjectOf(message: string): string {
  const start = message.replace(/^(?:[^\S\n]*\n)+/, "");
  return (
    start
      .split(/\n[^\S\n]*(?:\n|$)/, 1)[0]
      ?.replace(/\s*\n\s*/g, " ")
      .trim() ?? ""
  );
}

function parseHeader(header: Buffer) {
  const parents: string[] = [];
  const nothing = Buffer.alloc(0);
  let [tree, author, committer]: [string, Buffer, Buffer] = ["", nothing, nothing];
  let signature: Buffer | undefined;
  let encoding: string | undefined;
  for (const [name, value] of headerFields(header)) {
    if (name === "tree") tree ||= value.toString("latin1");
    else if (name === "parent") parents.push(value.toString("latin1"));
    else if (name === "author" && author.length === 0) author = value;
    else if (name === "committer" && committer.length === 0) committer = value;
    else if (name === "gpgsig" || name === "gpgsig-sha256") signature ??= value;
    else if (name === "encoding") encoding = value.toString("latin1");
  }
  return { tree, parents, author, committer, signature, encoding };
}

/** The fields of a header; lines that begin with a space continue the field before them. */
export function headerFields(header: Buffer): [name: string, value: Buffer][] {
  const fields: [string, Buffer][] = [];
  for (let at = 0; at < header.length;) {
    let end = header.indexOf(0x0a, at);
    if (end < 0) end = header.length;
    const line = header.subarray(at, end);
    const last = fields.at(-1);
    if (line[0] === 0x20 && last) {
      last[1] = Buffer.concat([last[1], Buffer.from("\n"), line.subarray(1)]);
    } else {
      const space = line.indexOf(0x20);
      if (space > 0) fields.push([line.toString("latin1", 0, space), line.subarray(space + 1)]);
    }
    at = end + 1;
  }
  return fields;
}

function decode(bytes: Buffer, encoding: string | undefined): string {
  const text = utf8(bytes);
  if (text !== null) return text;
  if (encoding && !/^utf-?8$/i.test(encoding)) {
    try {
      return new TextDecoder(encoding).decode(bytes);
    } catch {
      // An encoding nobody knows is read like an encoding nobody stated.
    }
  }
  return bytes.toString("latin1");
}

/** Reads `Name <address> seconds zone` as git does: the first brackets hold the address, the end holds the date. */
export function parseSignature(line: string): Signature {
  const open = line.indexOf("<");
  const close = line.indexOf(">", open);
  if (open < 0 || close < 0) return { name: line.trim(), email: "", time: 0, zone: "+0000" };
  const date = /> *(\d{1,15}) ([+-]\d{4})[^>]*$/.exec(line);
  return {
    name: line.slice(0, open).trim(),
    email: line.slice(open + 1, close).trim(),
    time: Number(date?.[1] ?? 0),
    zone: date?.[2] ?? "+0000",
  };
}

/** A signature as git stores it; refuses dates and zones that git could not read back. */
export function formatSignature({ name, email, time, zone }: Signature): string {
  if (!Number.isSafeInteger(time) || time < 0) throw new RangeError("a commit needs a date after 1970");
  if (!/^[+-]\d{4}$/.test(zone)) throw new RangeError("a time zone is written +hhmm");
  const address = clean(email);
  return `${clean(name) || address || "unknown"} <${address}> ${time} ${zone}`;
}

// Git strips these from the ends of names (ident.c, "crud"), and no reader expects the others inside.
function clean(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex
      .replace(/[<>\0-\x1f\x7f]/g, "")
      .replace(/^[ .,:;"'\\]+|[ ,:;"'\\]+$/g, "")
  );
}

/** Objects that a commit needs reach the disk before a ref can name it. */
export const durable = ["-c", "core.fsync=committed"] as const;

/** Writes a commit object and answers its id. No ref moves. */
export async function writeCommit(repo: Repository, commit: NewCommit): Promise<string> {
  requireObjectIds(commit.tree, ...commit.parents);
  const head = Buffer.from(
    `tree ${commit.tree}\n${commit.parents.map((parent) => `parent ${parent}\n`).join("")}` +
      `author ${formatSignature(commit.author)}\ncommitter ${formatSignature(commit.committer)}\n\n`,
  );
  return writeObject(repo, "commit", Buffer.concat([head, Buffer.from(cleanMessage(commit.message))]));
}

/**
 * Writes a commit that says what another one says (author, message, encoding) with a new tree, new parents and a
 * new committer. Signatures and other headers are not carried over: they spoke of the old commit.
 */
export async function rewriteCommit(
  repo: Repository,
  data: Buffer,
  change: Pick<NewCommit, "tree" | "parents" | "committer">,
): Promise<string> {
  requireObjectIds(change.tree, ...change.parents);
  const blank = data.indexOf("\n\n");
  const fields = headerFields(data.subarray(0, blank < 0 ? data.length : blank));
  const author = fields.find(([name]) => name === "author")?.[1] ?? Buffer.alloc(0);
  const encoding = fields.find(([name]) => name === "encoding")?.[1];
  // History holds authors that git would not let anybody write today; those are written in their clean form.
  const sound = /^[^<>\n]*[^<>\n ] <[^<>\n]*> \d{1,15} [+-]\d{4}$/.test(author.toString("latin1"));
  const line = (name: string, value: Uint8Array) => [Buffer.from(`${name} `), value, Buffer.from("\n")];
  const written = Buffer.concat([
    ...line("tree", Buffer.from(change.tree)),
    ...change.parents.flatMap((parent) => line("parent", Buffer.from(parent))),
    ...line("author", sound ? author : Buffer.from(formatSignature(parseSignature(author.toString("utf8"))))),
    ...line("committer", Buffer.from(formatSignature(change.committer))),
    ...(encoding ? line("encoding", encoding) : []),
    blank < 0 ? Buffer.from("\n") : data.subarray(blank + 1),
  ]);
  return writeObject(repo, "commit", written);
}

/** Writes an object; git refuses one that it could not read. */
export async function writeObject(
  repo: Repository,
  type: "blob" | "commit",
  data: Uint8Array,
): Promise<string> {
  const args = [...durable, "hash-object", "-t", type, "-w", "--stdin"];
  const { stdout } = await git(repo.dir, args, { input: data });
  return stdout.toString("latin1").trim();
}

/** A message ends with one newline and holds no NUL. */
export function cleanMessage(message: string): string {
  return `${message.toWellFormed().replaceAll("\0", "").replaceAll("\r\n", "\n").trimEnd()}\n`;
}
