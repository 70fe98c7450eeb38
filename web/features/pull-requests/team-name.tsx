import type { Team } from "../../../api/client.gen.ts";
import { Link } from "../../ui/link.tsx";

/** A team's name; it leads to the page of the team for who may see that. */
export function TeamName(props: { readonly team: Pick<Team, "name" | "html_url">; readonly seen: boolean }) {
  const { name, html_url: page } = props.team;
  const words = <bdi className="font-medium text-ink [overflow-wrap:anywhere]">{name}</bdi>;
  return props.seen ? (
    <Link look="plain" href={new URL(page).pathname}>
      {words}
    </Link>
  ) : (
    words
  );
}
