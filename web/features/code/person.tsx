import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Link } from "../../ui/link.tsx";

interface Props {
  readonly person: {
    readonly name: string;
    readonly login: string | null;
    readonly avatar_url: string | null;
  };
  readonly size?: number;
  readonly className?: string;
}

/** Who wrote a commit: a link where we know them, else the name in it. */
export function Person({ person, size = 18, className }: Props) {
  const { name, login, avatar_url: picture } = person;
  return (
    <span className={`inline-flex min-w-0 items-center gap-1.5 ${className ?? ""}`}>
      <Avatar name={login ?? name} src={picture} size={size} />
      {login === null ? (
        <span className="truncate">{name}</span>
      ) : (
        <Link href={path`/${login}`} look="plain" className="truncate font-medium">
          {login}
        </Link>
      )}
    </span>
  );
}
