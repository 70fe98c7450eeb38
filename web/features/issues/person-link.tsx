import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Link } from "../../ui/link.tsx";
import type { Person } from "./at.ts";

/** Who did something: their name in bold, leading to their page. */
export const PersonName = ({ login }: Pick<Person, "login">) =>
  login === "ghost" ? (
    <span className="font-medium text-ink">ghost</span>
  ) : (
    <Link look="plain" href={path`/${login}`} className="font-medium text-ink">
      {login}
    </Link>
  );

/** A face and its name, in one link. */
export const PersonLink = ({ login, avatar_url: picture }: Pick<Person, "login" | "avatar_url">) => (
  <Link look="plain" href={path`/${login}`} className="inline-flex items-center gap-2">
    <Avatar name={login} src={picture} size={20} />
    <span className="font-medium">{login}</span>
  </Link>
);
