import { ArrowLeft } from "lucide-react";
import { Fragment } from "react";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { Link } from "../../ui/link.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import type { letterPage } from "./admin-routes.ts";

const url = /(https?:\/\/[^\s<>"]+)/;

export default function LetterPage({ data: { letter } }: PageProps<typeof letterPage>) {
  return (
    <>
      <PageHead
        title={letter.subject}
        about={
          <>
            to {letter.to}, <RelativeTime at={letter.sent_at} />
          </>
        }
        acts={
          <Button href="/admin/mailbox" icon={<ArrowLeft aria-hidden="true" />}>
            All letters
          </Button>
        }
      />
      <pre className="rounded-lg border border-line bg-sunken p-4 text-code whitespace-pre-wrap" dir="auto">
        {letter.text.split(url).map((part, index) => (
          // The parts of one fixed text.
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={index}>{url.test(part) ? <Link href={part}>{part}</Link> : part}</Fragment>
        ))}
      </pre>
    </>
  );
}
