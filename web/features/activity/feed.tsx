import { clsx } from "clsx";
import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Link } from "../../ui/link.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import type { Event } from "./queries.ts";
import { told } from "./told.tsx";

interface Props {
  readonly events: readonly Event[];
  readonly label: string;
  /** Leave out the repository, whose page this is. */
  readonly repositoryKnown?: boolean;
  /** In a column at the side: without faces and quotations. */
  readonly narrow?: boolean;
}

/** At most so many commits of a push are told one by one. */
const commitsShown = 3;

/** What happened, the latest first. */
export function Feed({ events, label, repositoryKnown = false, narrow = false }: Props) {
  return (
    <ol aria-label={label} className="rows">
      {events.map((event) => (
        <FeedEntry key={event.id} event={event} repositoryKnown={repositoryKnown} narrow={narrow} />
      ))}
    </ol>
  );
}

function FeedEntry(props: Required<Pick<Props, "repositoryKnown" | "narrow">> & { readonly event: Event }) {
  const { event, repositoryKnown, narrow } = props;
  const { icon: Icon, ink = "text-ink-3", words, said, joint = "in", commits = [] } = told(event);
  const { login, avatar_url: picture } = event.actor;
  return (
    <li className={clsx("row flex items-start", narrow ? "gap-2 py-2" : "gap-3 px-3 py-2.5")}>
      <span className="mt-0.5 shrink-0">
        <Avatar name={login} src={picture} size={narrow ? 18 : 24} />
      </span>
      <div className="min-w-0 grow text-sm leading-5 text-ink-2">
        <p className={clsx("[overflow-wrap:anywhere]", narrow && "line-clamp-4")}>
          <Icon aria-hidden="true" className={`mr-1.5 inline size-3.5 align-[-2px] ${ink}`} />
          <Link look="plain" href={path`/${login}`} className="font-medium text-ink">
            {login}
          </Link>{" "}
          {words}
          {!repositoryKnown && (
            <>
              {" "}
              {joint}{" "}
              <Link look="muted" href={`/${event.repo.name}`}>
                {event.repo.name}
              </Link>
            </>
          )}
          {narrow && (
            <>
              {" "}
              <span className="text-ink-3">
                <RelativeTime at={event.created_at} />
              </span>
            </>
          )}
        </p>
        {!narrow && commits.length > 0 && (
          <ul className="mt-1 flex flex-col gap-0.5">
            {commits
              .slice(-commitsShown)
              .toReversed()
              .map((commit) => (
                <li key={commit.sha} className="flex min-w-0 gap-2">
                  <a
                    href={`/${event.repo.name}/commit/${commit.sha}`}
                    className="shrink-0 font-mono text-code text-ink-2 hover:underline"
                  >
                    {commit.sha.slice(0, 7)}
                  </a>
                  <span dir="auto" className="truncate">
                    {commit.message.split("\n", 1)[0]}
                  </span>
                </li>
              ))}
          </ul>
        )}
        {!narrow && said !== undefined && said.trim() !== "" && (
          <p dir="auto" className="mt-1 line-clamp-2 border-l-2 border-line-strong pl-2.5">
            {said.trim().slice(0, 400)}
          </p>
        )}
      </div>
      {!narrow && (
        <span className="shrink-0 pt-0.5 text-xs text-ink-3">
          <RelativeTime at={event.created_at} />
        </span>
      )}
    </li>
  );
}
