import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Message } from "./message.ts";

/** A message that was kept instead of sent. */
export type KeptMessage = Required<Message> & {
  id: string;
  from: string;
  /** ISO 8601, UTC. */
  sentAt: string;
};

/** The mail of a server that has no mail server: the newest messages, for its administrators to read. */
export type Mailbox = {
  /** The newest message first. */
  list(): Pick<KeptMessage, "id" | "to" | "subject" | "sentAt">[];
  /** One message, or null when it is unknown or was displaced by newer ones. */
  get(id: string): KeptMessage | null;
  keep(message: Message, from: string): Promise<KeptMessage>;
};

const mostMessages = 200;

/**
 * Keeps the newest 200 messages in memory and as one JSON file each in `folder`, readable by its owner only: they
 * hold links that sign people in. A file that is damaged is left out.
 */
export async function openMailbox(folder: string, now: () => Date = () => new Date()): Promise<Mailbox> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const messages = new Map<string, KeptMessage>();
  let sequence = 0;
  for (const name of (await readdir(folder)).toSorted()) {
    const message = name.endsWith(".json") ? await readMessage(join(folder, name)) : null;
    if (message && `${message.id}.json` === name) messages.set(message.id, message);
    else if (name.endsWith(".draft")) await unlink(join(folder, name));
  }
  await displace();

  async function displace(): Promise<void> {
    for (const id of messages.keys()) {
      if (messages.size <= mostMessages) break;
      messages.delete(id);
      await unlink(join(folder, `${id}.json`)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
      });
    }
  }

  return {
    list() {
      return [...messages.values()]
        .map(({ id, to, subject, sentAt }) => ({ id, to, subject, sentAt }))
        .toReversed();
    },
    get: (id) => messages.get(id) ?? null,
    async keep({ to, subject, text, html = "", headers = {} }, from) {
      const at = now();
      // Sorts by time, and by order within one millisecond.
      const order = (sequence = (sequence + 1) % 10_000);
      const id = `${at.getTime().toString().padStart(15, "0")}-${order.toString().padStart(4, "0")}-${randomBytes(4).toString("hex")}`;
      const message = { id, from, to, subject, text, html, headers, sentAt: at.toISOString() };
      const path = join(folder, `${id}.json`);
      await writeFile(`${path}.draft`, JSON.stringify(message, null, 2), { mode: 0o600, flag: "wx" });
      await rename(`${path}.draft`, path);
      messages.set(id, message);
      await displace();
      return message;
    },
  };
}

async function readMessage(path: string): Promise<KeptMessage | null> {
  try {
    const read = JSON.parse(await readFile(path, "utf8")) as KeptMessage;
    const texts = [read.id, read.from, read.to, read.subject, read.text, read.html, read.sentAt];
    return texts.every((text) => typeof text === "string") ? { ...read, headers: read.headers ?? {} } : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
