import { createHash, randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rename, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";

/** One 32-byte master key; its id is derived from it, so that a stored record names the key that opens it. */
export type MasterKey = { id: string; bytes: Buffer };

/** What is wrong with the configured keys, in a sentence for the operator. Never holds key material. */
export class MasterKeyError extends Error {
  override readonly name = "MasterKeyError";
}

const keyFileHeader =
  "# Master keys, oldest first. The last one encrypts, all of them decrypt. Keep this file secret.";

function masterKey(bytes: Buffer): MasterKey {
  const id = createHash("sha256").update("wit master key id\0").update(bytes).digest("hex").slice(0, 8);
  return { id, bytes };
}

/**
 * Reads keys written as base64 of 32 bytes each, parted by commas or white space, oldest first; `#` begins a
 * comment. `source` names the origin in errors. Throws a MasterKeyError.
 */
export function parseMasterKeys(text: string, source: string): MasterKey[] {
  const words = text
    .replace(/#[^\n]*/g, "")
    .split(/[\s,]+/)
    .filter((word) => word !== "");
  const keys = words.map((word, index) => {
    const bytes = /^[A-Za-z0-9+/_-]+={0,2}$/.test(word) ? Buffer.from(word, "base64") : Buffer.alloc(0);
    if (bytes.length !== 32) {
      throw new MasterKeyError(
        `Key ${index + 1} in ${source} is not 32 bytes in base64. Make one with: openssl rand -base64 32`,
      );
    }
    return masterKey(bytes);
  });
  if (keys.length === 0) throw new MasterKeyError(`There is no key in ${source}.`);
  return keys;
}

/**
 * The keys of a key file, which is made with one fresh key when absent. Two processes that start at once agree
 * on one file. Throws a MasterKeyError when the file may be read by others or holds no valid key.
 */
export async function openKeyFile(path: string): Promise<MasterKey[]> {
  const present = await readKeyFile(path);
  if (present) return present;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeKeyFile(path, [randomBytes(32)], "create");
  const made = await readKeyFile(path);
  if (!made) throw new MasterKeyError(`The key file ${path} vanished while it was made.`);
  return made;
}

/** Appends a fresh key to an existing key file: from the next opening on it encrypts and the older ones still read. */
export async function rotateKeyFile(path: string): Promise<MasterKey[]> {
  const keys = await openKeyFile(path);
  await writeKeyFile(path, [...keys.map((key) => key.bytes), randomBytes(32)], "replace");
  return openKeyFile(path);
}

async function readKeyFile(path: string): Promise<MasterKey[] | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  if (((await stat(path)).mode & 0o077) !== 0) {
    throw new MasterKeyError(
      `The key file ${path} can be read by others. Close it with: chmod 600 '${path}'`,
    );
  }
  return parseMasterKeys(text, `the key file ${path}`);
}

async function writeKeyFile(path: string, keys: Buffer[], mode: "create" | "replace"): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(`${keyFileHeader}\n${keys.map((key) => `${key.toString("base64")}\n`).join("")}`);
    await file.sync();
  } finally {
    await file.close();
  }
  if (mode === "replace") {
    await rename(draft, path);
  } else {
    // A hard link fails when the name exists, so a racing process never loses the key it already used.
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    await unlink(draft);
  }
  const folder = await open(dirname(path), "r");
  await folder.sync().finally(() => folder.close());
}
