import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { administrator, route } from "../../../kernel/http/route.ts";
import { enforce, mayReadMailbox } from "../policy.ts";

const messageShape = z.object({ id: z.string(), to: z.string(), subject: z.string(), sent_at: z.string() });

/** Without a mail server letters are kept for the administrator; with one there is no mailbox. */
function mailboxOf(ctx: Context) {
  if (!ctx.mail.mailbox) throw notFound();
  enforce(mayReadMailbox(ctx.actor));
  return ctx.mail.mailbox;
}

const list = route({
  method: "GET",
  path: "/admin/mailbox",
  operation: "admin/list-mailbox",
  summary: "Letters that were kept because there is no mail server, newest first",
  access: administrator,
  answer: z.array(messageShape),
  handle: ({ ctx }) =>
    mailboxOf(ctx)
      .list()
      .map(({ sentAt, ...message }) => ({ ...message, sent_at: sentAt })),
});

const get = route({
  method: "GET",
  path: "/admin/mailbox/{message_id}",
  operation: "admin/get-mailbox-message",
  summary: "One letter that was kept",
  access: administrator,
  answer: messageShape.extend({ from: z.string(), text: z.string(), html: z.string() }),
  handle: ({ ctx, params }) => {
    const message = mailboxOf(ctx).get(params.message_id);
    if (!message) throw notFound();
    const { id, to, from, subject, text, html, sentAt } = message;
    return { id, to, from, subject, text, html, sent_at: sentAt };
  },
});

export const mailboxRoutes = [list, get];
