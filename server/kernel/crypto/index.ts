export { hmac, sha256Hex, timingSafeEqual } from "./digest.ts";
export { type Keyring, openKeyring, SealError } from "./keyring.ts";
export { type MasterKey, MasterKeyError, rotateKeyFile } from "./master-keys.ts";
export { mintToken, parseToken } from "./tokens.ts";
