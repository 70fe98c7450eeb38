import { Ticket } from "lucide-react";
import { ActionButton } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { useClock } from "../../ui/clock.tsx";
import { Badge } from "../../ui/badge.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { NewToken } from "./new-token.tsx";
import type { tokensPage } from "./settings-routes.ts";

export default function TokensPage({ data: { tokens }, search }: PageProps<typeof tokensPage>) {
  const { now } = useClock();
  return (
    <>
      <PageHead
        title="Access tokens"
        about="In place of your password: for git over HTTP, for scripts, for agents. Each can do only what you let it."
      />
      <NewToken />
      {tokens.items.length === 0 ? (
        <EmptyState icon={<Ticket aria-hidden="true" />} title="No tokens">
          Make one for each program that acts for you, so that each can be revoked alone.
        </EmptyState>
      ) : (
        <ul className="rows mt-6 border-y border-line">
          {tokens.items.map((token) => {
            const over = token.expires_at !== null && Date.parse(token.expires_at) <= now;
            return (
              <li key={token.id} className="row flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2.5">
                <div className="min-w-0 grow">
                  <p className="flex flex-wrap items-center gap-2 font-medium" dir="auto">
                    {token.name} <code className="font-normal text-ink-2">{token.token_prefix}…</code>
                    {over && <Badge tone="closed">Expired</Badge>}
                  </p>
                  <p className="mt-0.5 flex flex-wrap gap-1">
                    {token.scopes.map((scope) => (
                      <Badge key={scope}>{scope}</Badge>
                    ))}
                  </p>
                  <p className="mt-1 text-sm text-ink-2">
                    {token.expires_at === null ? (
                      "Never expires"
                    ) : (
                      <RelativeTime at={token.expires_at} prefix={over ? "Expired " : "Expires "} />
                    )}
                    {" · "}
                    {token.last_used_at === null ? (
                      "never used"
                    ) : (
                      <RelativeTime at={token.last_used_at} prefix="last used " />
                    )}
                  </p>
                </div>
                <ActionButton
                  action={`DELETE /user/tokens/${token.id}`}
                  variant="danger"
                  size="sm"
                  aria-label={`Revoke ${token.name}`}
                >
                  Revoke
                </ActionButton>
              </li>
            );
          })}
        </ul>
      )}
      <Pagination links={tokens.links} search={search} />
    </>
  );
}
