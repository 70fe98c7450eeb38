import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { access } from "node:fs/promises";
import { type MasterKey, MasterKeyError, openKeyFile, parseMasterKeys } from "./master-keys.ts";

/** Why a sealed text could not be opened. The message is safe to log: it holds neither key nor plain text. */
export class SealError extends Error {
  override readonly name = "SealError";
  readonly reason: "malformed" | "unknown-key" | "tampered";

  constructor(reason: "malformed" | "unknown-key" | "tampered", message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Envelope encryption under the instance's master keys. Every record has its own AES-256-GCM data key, which is
 * wrapped by the newest master key. `context` says what the record is and where it lives, for instance
 * `webhooks.secret/0190…`: a record moved to another place does not open.
 */
export type Keyring = {
  /** The id of the key that new records are sealed with. */
  readonly currentKeyId: string;
  /** Seals a text or bytes into printable ASCII, about 170 characters plus 4/3 of the content. */
  seal(content: string | Uint8Array, context: string): string;
  /** The bytes of a sealed record. Throws a SealError. */
  open(sealed: string, context: string): Buffer;
  /** The text of a sealed record. Throws a SealError. */
  openText(sealed: string, context: string): string;
  /** The id of the master key that a sealed record needs. Throws a SealError when it is no sealed record. */
  keyIdOf(sealed: string): string;
  /** The same record under the newest master key; the content is not decrypted. Throws a SealError. */
  rewrap(sealed: string, context: string): string;
  /**
   * HMAC-SHA-256 in hexadecimal under a key derived from the oldest master key for this purpose alone, so that
   * rotation does not orphan what was stored; drop the oldest key only when those values may be lost.
   */
  hmac(purpose: string, content: string | Uint8Array): string;
};

const version = "wit1";
const nonceLength = 12;
const tagLength = 16;
const overhead = nonceLength + tagLength;

/**
 * Opens the keyring from `secretKey` (the setting `WIT_SECRET_KEY`: base64 keys parted by commas, oldest first)
 * or, when that is not given, from the key file, which is made on first use. With a `secretKey` an existing key
 * file is still read, as older keys, so that moving from one to the other loses nothing.
 * Throws a MasterKeyError.
 */
export async function openKeyring(from: { secretKey?: string; keyFile?: string }): Promise<Keyring> {
  if (from.secretKey !== undefined) {
    const keys = parseMasterKeys(from.secretKey, "WIT_SECRET_KEY");
    const older = from.keyFile === undefined ? [] : await openExistingKeyFile(from.keyFile);
    return keyring([...older, ...keys]);
  }
  if (from.keyFile === undefined)
    throw new MasterKeyError("Neither a secret key nor a key file is configured.");
  return keyring(await openKeyFile(from.keyFile));
}

async function openExistingKeyFile(path: string): Promise<MasterKey[]> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  return exists ? openKeyFile(path) : [];
}

function keyring(masterKeys: MasterKey[]): Keyring {
  const wrapKeys = new Map(masterKeys.map((key) => [key.id, derive(key.bytes, "wit/wrap")]));
  const newest = masterKeys.at(-1)!;
  const oldest = masterKeys[0]!;
  const purposes = new Map<string, Buffer>();

  const wrap = (dataKey: Buffer, context: string) => {
    const header = `${version}.${newest.id}`;
    const wrapped = encrypt(wrapKeys.get(newest.id)!, dataKey, `${header}\0${context}`);
    return `${header}.${wrapped.toString("base64url")}`;
  };
  const unwrap = (parts: Sealed, context: string) => {
    const key = wrapKeys.get(parts.keyId);
    if (!key) {
      throw new SealError(
        "unknown-key",
        `The record is sealed with the key ${parts.keyId}, which is not configured.`,
      );
    }
    return decrypt(key, parts.wrapped, `${version}.${parts.keyId}\0${context}`);
  };
  const open = (sealed: string, context: string) => {
    const parts = parse(sealed);
    return decrypt(unwrap(parts, context), parts.content, `${version}\0${context}`);
  };

  return {
    currentKeyId: newest.id,
    seal(content, context) {
      const dataKey = randomBytes(32);
      const body = encrypt(dataKey, Buffer.from(content), `${version}\0${context}`);
      return `${wrap(dataKey, context)}.${body.toString("base64url")}`;
    },
    open,
    openText: (sealed, context) => open(sealed, context).toString("utf8"),
    keyIdOf: (sealed) => parse(sealed).keyId,
    rewrap(sealed, context) {
      const parts = parse(sealed);
      return `${wrap(unwrap(parts, context), context)}.${parts.content.toString("base64url")}`;
    },
    hmac(purpose, content) {
      let key = purposes.get(purpose);
      if (!key) purposes.set(purpose, (key = derive(oldest.bytes, `wit/hmac/${purpose}`)));
      return createHmac("sha256", key).update(content).digest("hex");
    },
  };
}

type Sealed = { keyId: string; wrapped: Buffer; content: Buffer };

function parse(sealed: string): Sealed {
  const match = /^wit1\.([0-9a-f]{8})\.([\w-]+)\.([\w-]+)$/.exec(sealed);
  const [, keyId = "", wrapped = "", content = ""] = match ?? [];
  const parts = {
    keyId,
    wrapped: Buffer.from(wrapped, "base64url"),
    content: Buffer.from(content, "base64url"),
  };
  if (!match || parts.wrapped.length !== 32 + overhead || parts.content.length < overhead) {
    throw new SealError("malformed", "This is not a sealed record.");
  }
  return parts;
}

/** HKDF-SHA-256 (RFC 5869): one master key never serves two purposes directly. */
function derive(bytes: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", bytes, Buffer.alloc(0), purpose, 32));
}

function encrypt(key: Buffer, plain: Buffer, associated: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(associated));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, box: Buffer, associated: string): Buffer {
  const tagAt = box.length - tagLength;
  const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(0, nonceLength), {
    authTagLength: tagLength,
  })
    .setAAD(Buffer.from(associated))
    .setAuthTag(box.subarray(tagAt));
  const head = decipher.update(box.subarray(nonceLength, tagAt));
  try {
    return Buffer.concat([head, decipher.final()]);
  } catch {
    throw new SealError(
      "tampered",
      "The record was changed, or it belongs to another place than the one it was read from.",
    );
  }
}
