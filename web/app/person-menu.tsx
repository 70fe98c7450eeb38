import { ChevronsUpDown, LogOut } from "lucide-react";
import { Avatar } from "../ui/avatar.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { useEntries } from "./feature.ts";
import { useFrame, type Face } from "./frame.ts";
import { useSend } from "./send.ts";
import { signOutAction } from "./site.ts";

/** The person who is signed in: a link to their page, and a menu of what is theirs. */
export function PersonMenu({ viewer }: { readonly viewer: Face }) {
  const entries = useEntries("person", useFrame());
  const send = useSend();
  const signOut = async () => {
    if (await send(signOutAction)) location.assign("/");
  };
  const items: readonly MenuItem[] = [
    ...entries.map(({ label, icon: Icon, href, keys }) => ({
      label,
      icon: <Icon aria-hidden="true" />,
      href: href({ login: viewer.login }),
      keys,
    })),
    ...(entries.length > 0 ? ["line" as const] : []),
    { label: "Sign out", icon: <LogOut aria-hidden="true" />, run: () => void signOut() },
  ];
  return (
    <div className="rail-stack flex items-center gap-0.5">
      <a href={`/${viewer.login}`} className="rail-item min-w-0 grow">
        <Avatar name={viewer.login} src={viewer.avatar_url} size={20} />
        <span className="rail-word truncate text-ink">{viewer.name ?? viewer.login}</span>
      </a>
      <Menu items={items} side="top" align="end">
        <IconButton label="Account" icon={<ChevronsUpDown />} className="js-only" />
      </Menu>
    </div>
  );
}
