/** Public keys as people paste them (`ssh-ed25519 AAAA… comment`). ssh2 reads them, so what is accepted here can sign in there. */
import { createHash, createPublicKey } from "node:crypto";
import { invalid } from "../../kernel/errors.ts";

export interface PublicKey {
  /** `type base64`, without the comment. */
  readonly publicKey: string;
  readonly keyType: string;
  /** `SHA256:` and the unpadded base64 of the digest, as OpenSSH prints it. */
  readonly fingerprint: string;
}

const types = new Set([
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "ssh-rsa",
]);
const minRsaBits = 3072;

const refuse = (message: string) => invalid("PublicKey", "key", message);

/** The fingerprint of a key in wire format (RFC 4253 §6.6). */
export const fingerprintOf = (wire: Uint8Array): string =>
  `SHA256:${createHash("sha256").update(wire).digest("base64").replace(/=+$/, "")}`;

/** @throws Refusal 422 with the reason for a key that is broken, private, weak or of a kind our SSH server cannot check */
export async function parsePublicKey(text: string): Promise<PublicKey> {
  const line = text.trim();
  if (/PRIVATE KEY/.test(line))
    throw refuse("This is a private key: keep it secret, and paste the .pub file instead");
  const [keyType = "", base64 = ""] = line.split(/[ \t]+/);
  if (/[\r\n]/.test(line) || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    throw refuse("A key is one line: its type, its base64 text and perhaps a comment");
  if (keyType.startsWith("sk-"))
    throw refuse("Keys of security devices (sk-…) cannot be checked by this server");
  if (!types.has(keyType))
    throw refuse(`Keys of the type ${keyType.slice(0, 40)} are not accepted; use ssh-ed25519`);
  const { default: ssh2 } = await import("ssh2");
  const parsed = ssh2.utils.parseKey(`${keyType} ${base64}`);
  if (parsed instanceof Error || Array.isArray(parsed) || parsed.type !== keyType)
    throw refuse("This key is damaged");
  const wire = parsed.getPublicSSH();
  // What is stored is what was checked: trailing bytes would be one key under two fingerprints.
  if (!wire.equals(Buffer.from(base64, "base64"))) throw refuse("This key is damaged");
  const bits = modulusBits(parsed.getPublicPEM());
  if (keyType === "ssh-rsa" && bits < minRsaBits)
    throw refuse(`An RSA key needs at least ${minRsaBits} bits, this one has ${bits}; use ssh-ed25519`);
  return { publicKey: `${keyType} ${wire.toString("base64")}`, keyType, fingerprint: fingerprintOf(wire) };
}

function modulusBits(pem: string): number {
  try {
    return createPublicKey(pem).asymmetricKeyDetails?.modulusLength ?? 0;
  } catch (cause) {
    throw invalid(
      "PublicKey",
      "key",
      cause instanceof Error ? "This key is damaged" : "This key cannot be read",
    );
  }
}

/** The title a key is listed under: the one given, else its comment, else its type. */
export function titleOf(input: { readonly title?: string | undefined; readonly key: string }): string {
  const [type = "", , ...comment] = input.key.trim().split(/[ \t]+/);
  return input.title || comment.join(" ").slice(0, 100) || type.slice(0, 100);
}
