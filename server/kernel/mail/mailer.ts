import { join } from "node:path";
import { createThreadPool } from "../threads/thread-pool.ts";
import { type Letter, letterText, type LetterRequest, writeLetter } from "./letters.ts";
import { type Mailbox, openMailbox } from "./mailbox.ts";
import { checkMessage, isAddress, MailError, type Message } from "./message.ts";

/** The way out for mail. */
export type Mailer = {
  /**
   * Hands one message to the mail server, or keeps it in the mailbox when there is none. Throws a MailError; an
   * `undelivered` one may succeed later.
   */
  send: (message: Message) => Promise<void>;
  /** Subject, text and HTML of one of the forge's letters, to be spread into a message. Throws a MailError. */
  compose: (request: LetterRequest) => Promise<Pick<Message, "subject" | "text"> & { html: string }>;
  /** Where messages are kept; null when a mail server is configured. */
  readonly mailbox: Mailbox | null;
  /** Ends connections and threads. */
  close: () => Promise<void>;
};

export type MailerSettings = {
  /** The folder in which `mailbox` is made when there is no mail server. */
  dataDir: string;
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the start; STARTTLS is used when offered. */
  smtpUrl: string | null;
  /** The sender: an address, or `Name <address>`. */
  mailFrom: string;
};

const seconds = 1_000;

/** Throws a MailError when the settings make no sense; a mail server that does not answer is noticed on sending. */
export async function createMailer({ dataDir, smtpUrl, mailFrom }: MailerSettings): Promise<Mailer> {
  const from = parseSender(mailFrom);
  const mailbox = smtpUrl === null ? await openMailbox(join(dataDir, "mailbox")) : null;
  const deliver = smtpUrl === null ? null : await smtpDelivery(smtpUrl);
  // The templates take most of a second to load, hence a thread, and few letters are written, hence a short life.
  const writers = createThreadPool<Letter, string>({
    entry: new URL("./letter-thread.ts", import.meta.url),
    size: 1,
    waiting: 1_000,
    idle: 20 * seconds,
    heap: 192,
  });

  return {
    mailbox,
    async send(message) {
      checkMessage(message);
      const headers = { "Auto-Submitted": "auto-generated", ...message.headers };
      if (mailbox) await mailbox.keep({ ...message, headers }, mailFrom);
      if (deliver) await deliver({ ...message, headers }, from);
    },
    async compose(request) {
      const letter = writeLetter(request);
      return {
        subject: letter.subject,
        text: letterText(letter),
        html: await writers.run(letter, 20 * seconds),
      };
    },
    async close() {
      await writers.close();
    },
  };
}

type Sender = { name: string; address: string };

function parseSender(text: string): Sender {
  const [, name = "", address = ""] = /^(?:"?([^"<>]*?)"?\s*<([^<>]+)>)$/.exec(text.trim()) ?? [
    "",
    "",
    text.trim(),
  ];
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (!isAddress(address) || /[\u0000-\u001f]/.test(name)) {
    throw new MailError("invalid", "The sender of mail is neither an address nor `Name <address>`.");
  }
  return { name, address };
}

/** nodemailer, loaded only when there is a mail server. One connection per message: mail is rare here. */
async function smtpDelivery(smtpUrl: string): Promise<(message: Message, from: Sender) => Promise<void>> {
  const url = URL.parse(smtpUrl);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === "") {
    throw new MailError("invalid", "The address of the mail server does not begin with smtp:// or smtps://.");
  }
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10 * seconds,
    greetingTimeout: 10 * seconds,
    socketTimeout: 30 * seconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ to, ...content }, from) => {
    try {
      await transport.sendMail({ from, to: { name: "", address: to }, ...content });
    } catch (cause) {
      throw new MailError("undelivered", "The mail server did not take the message.", { cause });
    }
  };
}
