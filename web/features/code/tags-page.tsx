import { FileArchive, Tag } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { Badge } from "../../ui/badge.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Link } from "../../ui/link.tsx";
import { List } from "../../ui/list.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { archiveHref, codeHref, commitHref, shortSha } from "./hrefs.ts";
import { NameFilter } from "./name-filter.tsx";
import type { tagsPage } from "./routes.ts";

export default function TagsPage({ params, data, search }: PageProps<typeof tagsPage>) {
  const { tags, total, next } = data.found;
  const asked = search.get("q") ?? "";
  return (
    <Content className="!max-w-[960px]">
      <PageHead title="Tags" about={`${total} ${total === 1 ? "tag" : "tags"}`} />
      {(total > 0 || asked !== "") && <NameFilter search={search} label="Find a tag" />}
      {tags.length > 0 ? (
        <List label="Tags" className="border-y border-line">
          {tags.map(({ name, ref, annotated, last }) => (
            <li
              key={name}
              data-row=""
              className="row relative flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2"
            >
              {last ? (
                <a
                  href={codeHref(params, "tree", ref)}
                  data-row-link=""
                  className="row-link font-mono text-code font-medium"
                >
                  {name}
                </a>
              ) : (
                <span className="font-mono text-code font-medium">{name}</span>
              )}
              {annotated && <Badge>Annotated</Badge>}
              <span className="grow" />
              {!last && <span className="text-sm text-ink-2">Names no commit</span>}
              {last && (
                <>
                  <span dir="auto" className="min-w-0 max-w-md truncate text-sm text-ink-2 max-sm:hidden">
                    {last.subject}
                  </span>
                  <Link href={commitHref(params, last.sha)} look="muted" className="font-mono text-xs">
                    {shortSha(last.sha)}
                  </Link>
                  <span className="text-sm text-ink-2">
                    <RelativeTime at={last.date} />
                  </span>
                  <span className="relative z-1 flex items-center gap-3">
                    {(["zip", "tar.gz"] as const).map((format) => (
                      <Link
                        key={format}
                        href={archiveHref(params, { kind: "tag", name }, format)}
                        download=""
                        look="muted"
                        aria-label={`Download ${name} as ${format}`}
                        className="inline-flex items-center gap-1 text-xs"
                      >
                        <FileArchive aria-hidden="true" className="size-3.5" />
                        {format}
                      </Link>
                    ))}
                  </span>
                </>
              )}
            </li>
          ))}
        </List>
      ) : (
        <EmptyState
          icon={<Tag aria-hidden="true" />}
          title={asked === "" ? "No tags" : "Nothing found"}
          command={
            asked === "" ? 'git tag -a v1.0.0 -m "The first release"\ngit push origin v1.0.0' : undefined
          }
        >
          {asked === ""
            ? "A tag names a commit for good, such as a release."
            : `No tag has “${asked}” in its name.`}
        </EmptyState>
      )}
      <Pagination
        links={next === null ? {} : { next: `?cursor=${encodeURIComponent(next)}` }}
        search={search}
      />
    </Content>
  );
}
