import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { List, Row } from "../../ui/list.tsx";
import type { FoundUsers } from "./queries.ts";

/** People and organizations. */
export function FoundUsersList({ items }: { readonly items: FoundUsers["items"] }) {
  return (
    <List label="People and organizations" className="border-b border-line">
      {items.map((item) => {
        const isOrganization = item.type === "Organization";
        return (
          <Row
            key={item.id}
            href={path`/${item.login}`}
            before={
              <Avatar
                name={item.login}
                src={item.avatar_url}
                size={20}
                kind={isOrganization ? "organization" : "person"}
              />
            }
            title={item.login}
            after={isOrganization && <Badge>Organization</Badge>}
          />
        );
      })}
    </List>
  );
}
