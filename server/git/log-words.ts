/** What stands in the log of a reference: who moved it, and why. */

/** The variables that tell git who moves a reference. */
export function committer({
  name,
  email,
}: {
  readonly name: string;
  readonly email: string;
}): Record<string, string> {
  return {
    GIT_COMMITTER_NAME: identityPart(name, "unknown"),
    GIT_COMMITTER_EMAIL: identityPart(email, "unknown@localhost"),
  };
}

// git refuses an identity that is nothing but the characters it strips (ident.c, crud).
export function identityPart(text: string, otherwise: string): string {
  const part = oneLine(text).replace(/[<>]/g, "");
  return /[^\s.,:;"\\']/.test(part) ? part : otherwise;
}

/** A text on one line, without control characters. */
export function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\x00-\x1f\x7f]+/g, " ").trim();
}
