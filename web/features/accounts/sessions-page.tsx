import { Laptop, Smartphone } from "lucide-react";
import { ActionButton } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { Badge } from "../../ui/badge.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import type { sessionsPage } from "./settings-routes.ts";
import { deviceOf } from "./devices.ts";

export default function SessionsPage({ data: { sessions } }: PageProps<typeof sessionsPage>) {
  return (
    <>
      <PageHead
        title="Where you are signed in"
        acts={
          sessions.length > 1 ? (
            <ActionButton action="DELETE /user/sessions" variant="danger">
              Sign out everywhere else
            </ActionButton>
          ) : undefined
        }
      />
      <ul className="rows border-y border-line">
        {sessions.map((session) => {
          const device = deviceOf(session.user_agent);
          const Icon = device.mobile ? Smartphone : Laptop;
          return (
            <li key={session.id} className="row flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2.5">
              <Icon aria-hidden="true" className="text-ink-3" />
              <div className="min-w-40 grow basis-0">
                <p
                  className="flex flex-wrap items-center gap-2 font-medium"
                  title={session.user_agent ?? undefined}
                >
                  {device.name}
                  {session.current && <Badge tone="open">This one</Badge>}
                </p>
                <p className="text-sm text-ink-2">
                  {session.ip_address ?? "Unknown address"} · active{" "}
                  <RelativeTime at={session.last_active_at} /> · signed in{" "}
                  <RelativeTime at={session.created_at} />
                </p>
              </div>
              {session.current ? (
                <ActionButton action="DELETE /session" redirect="/" reload size="sm">
                  Sign out here
                </ActionButton>
              ) : (
                <ActionButton action={`DELETE /user/sessions/${encodeURIComponent(session.id)}`} size="sm">
                  Sign out
                </ActionButton>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
