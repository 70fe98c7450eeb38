import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * The key by which clients know this server, made on the first start and kept for good: a new one would look like an attack.
 *
 * @returns an ed25519 private key in OpenSSH's format
 */
export async function hostKey(dataDir: string): Promise<string> {
  const folder = path.join(dataDir, "ssh");
  const file = path.join(folder, "host_ed25519");
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const { default: ssh2 } = await import("ssh2");
  let made = ssh2.utils.generateKeyPairSync("ed25519", { comment: "wit" });
  // About one key in a thousand is written so that ssh2 itself cannot read it back.
  while (ssh2.utils.parseKey(made.private) instanceof Error)
    made = ssh2.utils.generateKeyPairSync("ed25519", { comment: "wit" });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${randomBytes(4).toString("hex")}`;
  await writeFile(unfinished, made.private, { mode: 0o600, flag: "wx", flush: true });
  await writeFile(`${file}.pub`, `${made.public}\n`, { mode: 0o644 });
  await rename(unfinished, file);
  return made.private;
}
