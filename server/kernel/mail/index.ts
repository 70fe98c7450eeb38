export type { LetterRequest } from "./letters.ts";
export type { KeptMessage, Mailbox } from "./mailbox.ts";
export { createMailer, type Mailer, type MailerSettings } from "./mailer.ts";
export { MailError, type Message } from "./message.ts";
