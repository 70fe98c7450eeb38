import { useRouter, useRouterState } from "@tanstack/react-router";
import { usePalette } from "../ui/palette/provider.ts";
import { TabLinks } from "../ui/tabs.tsx";
import { entryItem, useEntryKeys } from "./commands.tsx";
import { useEntries, type Entry } from "./feature.ts";
import { visit } from "./navigation.ts";

interface Props {
  readonly place: Exclude<Entry["place"], "rail">;
  /** What the place is about: the repository, the organization. Entries decide by it whether they show. */
  readonly subject: unknown;
  readonly params: Readonly<Record<string, string>>;
  /** Read aloud. */
  readonly label: string;
  /** Tabs below a head, or a column beside the page. */
  readonly look?: "tabs" | "list";
}

/** The way through a place: its entries as tabs or as a list, with their keys and their lines in the palette. */
export function PlaceNav({ place, subject, params, label, look = "tabs" }: Props) {
  const router = useRouter();
  const here = useRouterState({ select: (state) => state.location.pathname });
  const entries = useEntries(place, subject);
  useEntryKeys(entries, params, (href) => visit(router, href));
  usePalette({ group: "Go to", items: () => entries.map((entry) => entryItem(entry, params)) });
  const links = entries.map((entry) => ({ entry, href: entry.href(params) }));
  const found = nearest(
    links.flatMap(({ entry, href }) => [href, ...(entry.also?.(params) ?? [])]),
    here,
  );
  const current = links.find(
    ({ entry, href }) => href === found || (found !== undefined && entry.also?.(params).includes(found)),
  )?.href;
  if (look === "tabs") {
    return (
      <TabLinks
        label={label}
        tabs={links.map(({ entry: { label: word, icon: Icon, keys, count }, href }) => ({
          href,
          label: word,
          icon: <Icon aria-hidden="true" />,
          keys,
          count: count?.(subject),
          current: href === current,
        }))}
      />
    );
  }
  return (
    <nav aria-label={label}>
      <ul className="flex flex-col gap-px">
        {links.map(({ entry: { name, label: word, icon: Icon }, href }) => (
          <li key={name}>
            <a href={href} aria-current={href === current ? "page" : undefined} className="rail-item">
              <Icon aria-hidden="true" />
              {word}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The address that stands nearest above a path: `/a/b/issues` for `/a/b/issues/7`, among `/a/b` and `/a/b/issues`. */
export const nearest = (hrefs: readonly string[], here: string): string | undefined =>
  hrefs
    .filter((href) => here === href || here.startsWith(`${href}/`))
    .toSorted((a, b) => b.length - a.length)[0];
