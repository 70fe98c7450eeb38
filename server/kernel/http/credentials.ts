/** What a request brings to say who it is. The accounts domain knows whose it is. */
export type Credentials =
  | { readonly kind: "none" }
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "basic"; readonly username: string; readonly password: string }
  | { readonly kind: "cookie"; readonly cookie: string };

/** Reads `Authorization: Bearer|token X`, `Basic`, then the cookie. A header wins over a cookie. */
export function readCredentials(headers: Headers): Credentials {
  const header = headers.get("authorization");
  if (header) {
    const [scheme = "", value = ""] = header.split(/\s+/, 2);
    if (/^(?:bearer|token)$/i.test(scheme) && value) return { kind: "token", token: value };
    if (/^basic$/i.test(scheme)) {
      const text = Buffer.from(value, "base64").toString("utf8");
      const colon = text.indexOf(":");
      if (colon >= 0)
        return { kind: "basic", username: text.slice(0, colon), password: text.slice(colon + 1) };
    }
    // A header that we cannot read is a wrong credential, not the absence of one.
    return { kind: "token", token: "" };
  }
  const cookie = headers.get("cookie");
  return cookie ? { kind: "cookie", cookie } : { kind: "none" };
}
