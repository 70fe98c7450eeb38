import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMailer, MailError, type Mailer, type Message } from "./index.ts";

let folder = "";
const mailers: Mailer[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wit-mail-"));
});
afterEach(async () => {
  await Promise.all(mailers.splice(0).map((mailer) => mailer.close()));
  await rm(folder, { recursive: true, force: true });
});

async function mailer(smtpUrl: string | null = null, mailFrom = "wit <wit@forge.test>"): Promise<Mailer> {
  const made = await createMailer({ dataDir: folder, smtpUrl, mailFrom });
  mailers.push(made);
  return made;
}
const hello: Message = { to: "bob@example.com", subject: "Hello", text: "Hi" };

describe("the mailbox", () => {
  test("keeps messages newest first, privately, and over a restart", async () => {
    const first = await mailer();
    await first.send(hello);
    await first.send({ ...hello, subject: "Again", html: "<p>Hi</p>", headers: { "X-Wit": "1" } });
    const files = await readdir(join(folder, "mailbox"));
    expect(files).toHaveLength(2);
    for (const file of files) expect((await stat(join(folder, "mailbox", file))).mode & 0o777).toBe(0o600);

    const { mailbox } = await mailer();
    const listed = mailbox?.list() ?? [];
    expect(listed.map((message) => message.subject)).toEqual(["Again", "Hello"]);
    expect(mailbox?.get(listed[0]?.id ?? "")).toMatchObject({
      to: "bob@example.com",
      from: "wit <wit@forge.test>",
      text: "Hi",
      html: "<p>Hi</p>",
      headers: { "X-Wit": "1", "Auto-Submitted": "auto-generated" },
    });
    expect(mailbox?.get("../../etc/passwd")).toBeNull();
  });

  test("keeps the newest 200 and no more, in memory and on disk", async () => {
    const { mailbox, send } = await mailer();
    for (let number = 1; number <= 205; number += 1) await send({ ...hello, subject: `${number}` });
    expect(mailbox?.list()).toHaveLength(200);
    expect(mailbox?.list().at(0)?.subject).toBe("205");
    expect(mailbox?.list().at(-1)?.subject).toBe("6");
    expect(await readdir(join(folder, "mailbox"))).toHaveLength(200);
  });

  test("opens although a file in it is damaged or was cut off by a crash", async () => {
    await (await mailer()).send(hello);
    const [file = ""] = await readdir(join(folder, "mailbox"));
    await writeFile(join(folder, "mailbox", "000-broken.json"), "{");
    await writeFile(join(folder, "mailbox", "000-null.json"), "null");
    await writeFile(
      join(folder, "mailbox", `${file}.draft`),
      (await readFile(join(folder, "mailbox", file))).subarray(0, 5),
    );
    expect((await mailer()).mailbox?.list()).toHaveLength(1);
  });
});

describe("a message", () => {
  const attacks: [string, Partial<Message>][] = [
    ["a second recipient", { to: "bob@example.com, eve@example.com" }],
    ["a recipient with a header", { to: "bob@example.com\r\nBcc: eve@example.com" }],
    ["a recipient with a name", { to: "Bob <bob@example.com>" }],
    ["a recipient with a route", { to: "@evil.test:bob@example.com" }],
    ["no recipient", { to: "" }],
    ["a subject with a header", { subject: "x\r\nBcc: eve@example.com" }],
    ["a subject with a bare line feed", { subject: "x\ny" }],
    ["a subject with a Unicode line end", { subject: "x\u2028y" }],
    ["a header value with a line", { headers: { "X-A": "1\r\nBcc: eve@example.com" } }],
    ["a header name with a line", { headers: { "X-A: 1\r\nBcc": "eve@example.com" } }],
    ["a recipient among the headers", { headers: { bcc: "eve@example.com" } }],
    ["a content type among the headers", { headers: { "Content-Type": "text/html" } }],
  ];

  test.each(attacks)("with %s is refused", async (_, part) => {
    const { send, mailbox } = await mailer();
    await expect(send({ ...hello, ...part })).rejects.toMatchObject({ name: "MailError", reason: "invalid" });
    expect(mailbox?.list()).toEqual([]);
  });
});

describe("a letter", () => {
  const link = "https://forge.test/reset-password?token=a&b=<c>";
  const common = { site: "forge.test", name: "Bob", link, validFor: "one hour" };

  test("says who, what and how long, in text and in HTML, with one button", async () => {
    const { compose, send, mailbox } = await mailer();
    const content = await compose({ letter: "password-reset", ...common });
    expect(content.subject).toBe("Set a new password for forge.test");
    expect(content.text).toContain(`Set password:\n${link}\n`);
    expect(content.text).toContain("one hour");
    const address = 'href="https://forge.test/reset-password?token=a&amp;b=&lt;c&gt;"';
    expect(content.html.split(address)).toHaveLength(3);
    expect(content.html).toContain("Hello Bob,");
    await send({ to: "bob@example.com", ...content });
    expect(mailbox?.list()).toHaveLength(1);
  }, 40_000);

  test("exists for each occasion", async () => {
    const { compose } = await mailer();
    const verification = await compose({ letter: "email-verification", ...common });
    expect(verification.subject).toBe("Confirm your address for forge.test");
    const invitation = {
      letter: "invitation",
      site: "forge.test",
      inviter: "Alice",
      link,
      validFor: "seven days",
    } as const;
    const join = await compose({ ...invitation, organization: "acme" });
    expect(join.subject).toBe("Alice invites you to acme at forge.test");
    expect(join.html).toContain("Accept invitation");
    expect((await compose({ ...invitation, organization: null })).subject).toBe(
      "Alice invites you to forge.test",
    );
  }, 40_000);

  test("carries hostile names as words only", async () => {
    const { compose, send } = await mailer();
    const name = 'Eve\r\nBcc: x@y.z\n\n<script>alert(1)</script><a href="https://evil.test">';
    const content = await compose({ letter: "invitation", ...common, inviter: name, organization: name });
    expect(content.html).not.toContain("<script");
    expect(content.html).not.toContain('href="https://evil.test"');
    await send({ to: "bob@example.com", ...content });
  }, 40_000);

  test.each(["javascript:alert(1)", "/reset", ""])("with the link %j is refused", async (bad) => {
    const { compose } = await mailer();
    await expect(compose({ letter: "password-reset", ...common, link: bad })).rejects.toThrow(MailError);
  });
});

describe("a mail server", () => {
  let server: FakeMailServer;
  beforeEach(async () => {
    server = await FakeMailServer.start();
  });
  afterEach(() => server.stop());

  test("is handed the message with sender, recipient and both bodies, and nothing is kept", async () => {
    const { send, mailbox } = await mailer(server.url);
    await send({ ...hello, subject: "Grüße", html: "<p>Hi</p>" });
    expect(mailbox).toBeNull();
    const [received] = server.messages;
    expect(received?.from).toBe("wit@forge.test");
    expect(received?.to).toEqual(["bob@example.com"]);
    expect(received?.data).toMatch(/^From: wit <wit@forge\.test>$/m);
    expect(received?.data).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(received?.data).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(received?.data).toContain("<p>Hi</p>");
    expect(await readdir(folder)).toEqual([]);
  });

  test("that refuses, or is not there, is told as undelivered with its answer as the cause", async () => {
    server.refuse = true;
    const { send } = await mailer(server.url);
    await expect(send(hello)).rejects.toMatchObject({
      reason: "undelivered",
      cause: expect.objectContaining({ message: expect.stringContaining("550") }),
    });
    await server.stop();
    await expect(send(hello)).rejects.toMatchObject({ reason: "undelivered" });
  });

  test("never sees more recipients or headers than were meant, whatever the texts are", async () => {
    const { send } = await mailer(server.url);
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom("\r\nBcc: eve@example.com\r\n", "\r\n.\r\nMAIL FROM:<x>\r\n", "\n.\n"),
    );
    await fc.assert(
      fc.asyncProperty(text, text, async (subject, body) => {
        server.messages.length = 0;
        await send({ ...hello, subject, text: body }).catch((error: unknown) => {
          if (!(error instanceof MailError && error.reason === "invalid")) throw error;
        });
        for (const message of server.messages) {
          expect(message.to).toEqual(["bob@example.com"]);
          expect(message.data.split("\r\n\r\n")[0]).not.toMatch(/^bcc:/im);
        }
        expect(server.messages.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  test.each(["http://host", "not a url", "smtp://"])(
    "at the address %j is refused at the start",
    async (url) => {
      await expect(mailer(url)).rejects.toThrow(MailError);
    },
  );

  test.each(["wit@localhost", "wit <wit@[::1]>", '"The forge" <a@b.example>'])(
    "takes the sender %j",
    async (from) => {
      await (await mailer(server.url, from)).send(hello);
      expect(server.messages[0]?.from).toBe(/[^\s<]+@[^\s>]+/.exec(from)?.[0]);
    },
  );

  test.each(["", "no address", "a@b, c@d", "A <a@b> <c@d>"])(
    "with the sender %j is refused at the start",
    async (from) => {
      await expect(mailer(server.url, from)).rejects.toThrow(MailError);
    },
  );
});

type Received = { from: string; to: string[]; data: string };

/** As much of SMTP (RFC 5321) as a client needs to hand over mail, without TLS and sign-in. */
class FakeMailServer {
  readonly messages: Received[] = [];
  refuse = false;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server = createServer((socket) => this.#talk(socket));

  static async start(): Promise<FakeMailServer> {
    const fake = new FakeMailServer();
    await new Promise<void>((resolve) => fake.#server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #talk(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    let message: Received = { from: "", to: [], data: "" };
    let pending = "";
    let inData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const command = (line: string): void => {
      const path = /<([^>]*)>/.exec(line)?.[1] ?? "";
      if (/^(EHLO|HELO)/i.test(line)) say("250 fake");
      else if (/^MAIL FROM:/i.test(line)) message = { from: path, to: [], data: "" };
      else if (/^RCPT TO:/i.test(line) && !this.refuse) message.to.push(path);
      if (/^RCPT TO:/i.test(line) && this.refuse) say("550 no such user");
      else if (/^(MAIL|RCPT)/i.test(line)) say("250 ok");
      else if (/^DATA/i.test(line)) {
        inData = true;
        say("354 go on");
      } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
      else if (!/^(EHLO|HELO)/i.test(line)) say("250 ok");
    };
    say("220 fake");
    socket.on("data", (chunk) => {
      pending += chunk.toString();
      for (;;) {
        const end = inData ? pending.indexOf("\r\n.\r\n") : pending.indexOf("\r\n");
        if (end < 0) return;
        const part = pending.slice(0, end);
        pending = pending.slice(end + (inData ? 5 : 2));
        if (inData) {
          this.messages.push({ ...message, data: part });
          inData = false;
          say("250 taken");
        } else {
          command(part);
        }
      }
    });
  }
}
