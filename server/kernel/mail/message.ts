/** A message to one recipient. */
export type Message = {
  /** A bare address: `name@host`. */
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Further headers, such as `List-Unsubscribe`; those that say who, what and when are set by the mailer. */
  headers?: Record<string, string>;
};

/** Why a message was not sent. The message of an `undelivered` one has the mail server's answer as its cause. */
export class MailError extends Error {
  override readonly name = "MailError";
  readonly reason: "invalid" | "undelivered";

  constructor(reason: "invalid" | "undelivered", message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/;
/** A local part and a host name, or an IP address in brackets (RFC 5321 §4.1.3). */
const address = /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[^\s@<>()[\]\\,;:"]{1,253}|\[[\da-f:.]{2,45}\])$/i;
/** Headers that callers may not set, since they decide where a message goes or how it is read. */
const reserved =
  /^(?:to|cc|bcc|from|sender|reply-to|return-path|subject|date|message-id|received|mime-version|content-.*|dkim-.*|resent-.*)$/i;
/** RFC 5322 §2.1.1: a line has at most 998 characters. */
const longestLine = 998;

/** Throws a MailError when a message could smuggle a header, a recipient or a second message. */
export function checkMessage({ to, subject, headers = {} }: Message): void {
  if (!isAddress(to)) throw new MailError("invalid", "The recipient is not one plain mail address.");
  if (control.test(subject) || subject.length > longestLine) {
    throw new MailError("invalid", "The subject is not one line of text.");
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,75}$/.test(name) || reserved.test(name)) {
      throw new MailError("invalid", `The header ${JSON.stringify(name)} may not be set.`);
    }
    if (control.test(value) || value.length > longestLine) {
      throw new MailError("invalid", `The header ${name} is not one line of text.`);
    }
  }
}

/** Whether a text is one bare address without anything a mail program would read as more. */
export function isAddress(text: string): boolean {
  return address.test(text) && !control.test(text) && text.length <= 254;
}
