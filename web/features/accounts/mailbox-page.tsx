import { Mail } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { List, Row } from "../../ui/list.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import type { mailboxPage } from "./admin-routes.ts";

export default function MailboxPage({ data: { letters } }: PageProps<typeof mailboxPage>) {
  return (
    <>
      <PageHead
        title="Mailbox"
        about="This server sends no mail, so letters wait here. Set WIT_SMTP_URL to have them sent."
      />
      {letters.length === 0 ? (
        <EmptyState icon={<Mail aria-hidden="true" />} title="No letters">
          Invitations and links for new passwords appear here, a few seconds after they were asked for.
        </EmptyState>
      ) : (
        <List label="Letters" className="border-y border-line">
          {letters.map((letter) => (
            <Row
              key={letter.id}
              href={`/admin/mailbox/${encodeURIComponent(letter.id)}`}
              title={letter.subject}
              after={<span className="text-sm text-ink-2">to {letter.to}</span>}
              end={<RelativeTime at={letter.sent_at} />}
            />
          ))}
        </List>
      )}
    </>
  );
}
