import { UserRoundPlus } from "lucide-react";
import { ActionButton } from "../../app/action-form.tsx";
import { useSend } from "../../app/send.ts";
import { Link } from "../../ui/link.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { withParams } from "../diff/diff-query.ts";
import { Who } from "./comment-card.tsx";
import type { PullData } from "./queries.ts";

interface Props {
  readonly page: PullData;
  readonly search: URLSearchParams;
  /** Where reviews are asked for. */
  readonly place: string;
}

/** Who might review this and why; shown when asked for, because reading the history takes a moment. */
export function SuggestedReviewers({ page: { pull, can, suggested }, search, place }: Props) {
  const send = useSend();
  const first = suggested?.[0]?.user;
  const isOffered = can.triage === true && pull.state === "open";
  useShortcut({
    keys: "shift+r",
    label: first ? `Ask ${first.login} for a review` : "Ask the first suggested reviewer",
    group: "This page",
    enabled: isOffered && first !== undefined,
    run: () => {
      if (first) void send(`POST ${place}`, { reviewers: [first.login] });
    },
  });
  if (!isOffered) return null;
  if (suggested === null)
    return (
      <Link look="muted" className="mt-2.5 block text-sm" href={withParams(search, { suggest: "1" })}>
        Suggest reviewers
      </Link>
    );
  return (
    <div className="mt-3 border-t border-line pt-2.5">
      <p className="mb-1.5 text-xs text-ink-3">Suggested</p>
      {suggested.length === 0 && (
        <p className="text-sm text-ink-3">Nobody else wrote or reviewed what this changes.</p>
      )}
      <ul className="flex flex-col gap-2">
        {suggested.map(({ user, reason }, index) => (
          <li key={user.id} className="flex items-start justify-between gap-2">
            <span className="min-w-0">
              <Who person={user} />
              <span className="block text-xs leading-4 text-ink-2 [overflow-wrap:anywhere]">{reason}</span>
            </span>
            <ActionButton
              size="sm"
              variant="ghost"
              action={`POST ${place}`}
              values={{ reviewers: [user.login] }}
              aria-label={`Ask ${user.login} for a review`}
              title={index === 0 ? "Ask for a review (Shift R)" : "Ask for a review"}
            >
              <UserRoundPlus aria-hidden="true" />
              Ask
            </ActionButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
