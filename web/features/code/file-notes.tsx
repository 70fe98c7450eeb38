import { UsersRound } from "lucide-react";
import type { webGetFileNotes } from "../../../api/client.gen.ts";
import { path as address } from "../../app/paths.ts";
import { Notice } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { codeHref, type At } from "./hrefs.ts";

type Notes = Awaited<ReturnType<typeof webGetFileNotes>>["data"];

interface OwnersProps {
  readonly at: At;
  readonly gitRef: string;
  readonly owned: NonNullable<Notes["owned"]>;
}

/** Named one by one; of more the rest is in the file that says so. */
const few = 3;

/** Whose approval a change of the file may need. */
export function FileOwners({ at, gitRef, owned: { path, line, owners } }: OwnersProps) {
  const rest = owners.length - few;
  return (
    <span className="flex min-w-0 shrink-[2] items-center gap-1.5 truncate text-ink-2">
      <UsersRound aria-hidden="true" className="shrink-0" />
      <span className="truncate">
        <Link look="muted" href={`${codeHref(at, "blob", gitRef, path)}#L${line}`}>
          Owned by
        </Link>{" "}
        {owners.slice(0, few).map(({ name, login }, index) => (
          <span key={name}>
            {index > 0 && ", "}
            {login === null ? (
              <bdi>{name}</bdi>
            ) : (
              <Link look="plain" href={address`/${login}`} className="font-medium text-ink">
                {login}
              </Link>
            )}
          </span>
        ))}
        {rest > 0 && ` and ${rest} more`}
      </span>
    </span>
  );
}

interface CodeownersProps {
  readonly at: At;
  readonly gitRef: string;
  readonly found: NonNullable<Notes["codeowners"]>;
}

/** Above a CODEOWNERS file: whether it counts, and which of its lines do nothing. */
export function CodeownersNotice({ at, gitRef, found: { counts, path, errors, total } }: CodeownersProps) {
  if (!counts)
    return (
      <Notice tone="warning">
        This file does nothing:{" "}
        <Link href={codeHref(at, "blob", gitRef, path)} className="font-mono text-code">
          {path}
        </Link>{" "}
        goes before it.
      </Notice>
    );
  if (total === 0)
    return <Notice tone="info">This file says who owns what. Nothing is wrong with it.</Notice>;
  return (
    <Notice tone="warning">
      <p className="font-medium">
        {total === 1 ? "One thing is wrong with this file" : `${total} things are wrong with this file`}
      </p>
      <ul className="mt-1 flex max-h-48 flex-col gap-0.5 overflow-y-auto">
        {errors.map(({ line, column, message }) => (
          <li key={`${line}:${column}:${message}`} className="[overflow-wrap:anywhere]">
            <a href={`#L${line}`} className="font-medium underline underline-offset-2">
              Line {line}
            </a>
            : <bdi>{message}</bdi>
          </li>
        ))}
      </ul>
      {total > errors.length && <p className="mt-1">And {total - errors.length} more.</p>}
    </Notice>
  );
}
