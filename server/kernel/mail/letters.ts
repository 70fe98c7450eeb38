import { MailError } from "./message.ts";

/** A letter with one thing to do, before it has a look. */
export type Letter = {
  subject: string;
  heading: string;
  paragraphs: string[];
  action: { label: string; link: string };
  /** Said below, smaller: when the letter may be ignored. */
  note: string;
};

/** The letters the forge writes. `site` is its name or host; `validFor` is a span in words, such as `one hour`. */
export type LetterRequest =
  | { letter: "password-reset"; site: string; name: string; link: string; validFor: string }
  | { letter: "email-verification"; site: string; name: string; link: string; validFor: string }
  | {
      letter: "invitation";
      site: string;
      inviter: string;
      /** The organization to join, or null for an account alone. */
      organization: string | null;
      link: string;
      validFor: string;
    }
  | {
      letter: "mirror-failing" | "mirror-stopped" | "mirror-recovered";
      site: string;
      name: string;
      /** `owner/name`, and the address elsewhere. */
      repository: string;
      address: string;
      /** A sentence without its full stop; null when it works again. */
      reason: string | null;
      link: string;
    };

/** The words of a letter. Throws a MailError when the link is no web address. */
export function writeLetter(request: LetterRequest): Letter {
  const { site, link } = request;
  if (!/^https?:$/.test(URL.parse(link)?.protocol ?? ""))
    throw new MailError("invalid", "The link of the letter is no web address.");
  switch (request.letter) {
    case "password-reset":
      return {
        subject: `Set a new password for ${oneLine(site)}`,
        heading: "Set a new password",
        paragraphs: [
          `Hello ${oneLine(request.name)},`,
          `somebody asked for a new password for your account at ${oneLine(site)}. The link works once and for ${request.validFor}.`,
        ],
        action: { label: "Set password", link },
        note: "If that was not you, do nothing: your password stays as it is.",
      };
    case "email-verification":
      return {
        subject: `Confirm your address for ${oneLine(site)}`,
        heading: "Confirm your address",
        paragraphs: [
          `Hello ${oneLine(request.name)},`,
          `please confirm that this address belongs to your account at ${oneLine(site)}. The link works for ${request.validFor}.`,
        ],
        action: { label: "Confirm address", link },
        note: "If you have no account there, do nothing: the address is not used without your consent.",
      };
    case "mirror-failing":
    case "mirror-stopped":
    case "mirror-recovered": {
      const { subject, said } = mirrorWords[request.letter];
      const place = oneLine(request.repository);
      return {
        subject: `${subject}: ${place}`,
        heading: subject,
        paragraphs: [
          `Hello ${oneLine(request.name)},`,
          `the mirror of ${place} at ${oneLine(site)} with ${oneLine(request.address)} ${said}`,
          ...(request.reason === null ? [] : [`The reason: ${oneLine(request.reason, 400)}.`]),
        ],
        action: { label: "Show mirrors", link },
        note: "You get this letter because you administer the repository.",
      };
    }
    case "invitation": {
      const place =
        request.organization === null
          ? oneLine(site)
          : `${oneLine(request.organization)} at ${oneLine(site)}`;
      return {
        subject: `${oneLine(request.inviter)} invites you to ${place}`,
        heading: `Join ${place}`,
        paragraphs: [
          `${oneLine(request.inviter)} invites you to ${place}. The link works for ${request.validFor}.`,
        ],
        action: { label: "Accept invitation", link },
        note: "If you do not know what this is about, do nothing: no account is made without you.",
      };
    }
  }
}

const mirrorWords = {
  "mirror-failing": {
    subject: "A mirror keeps failing",
    said: "failed several times in a row. It is tried again by itself, with growing pauses, until it works.",
  },
  "mirror-stopped": {
    subject: "A mirror was switched off",
    said: "does not run any more. An administrator of the repository can switch it on again.",
  },
  "mirror-recovered": { subject: "A mirror works again", said: "works again." },
} as const;

/** The letter as plain text. */
export function letterText({ paragraphs, action, note }: Letter): string {
  return `${[...paragraphs, `${action.label}:\n${action.link}`, note].join("\n\n")}\n`;
}

/** What people call themselves must not add lines to a subject or paragraphs to a letter. */
function oneLine(name: string, most = 100): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  const line = name.replace(/[\s\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
