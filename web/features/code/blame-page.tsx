import "./code.css";
import { FileCode, FileDown, History, ListFilter } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Link } from "../../ui/link.tsx";
import { Content, Panel } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { codeHref, commitHref, type At } from "./hrefs.ts";
import { shownLine } from "./shown-line.ts";
import { usePermalinkKey } from "./permalink.ts";
import { Person } from "./person.tsx";
import { RefSwitcher } from "./ref-switcher.tsx";
import type { blamePage } from "./routes.ts";
import { useLaterColours } from "./later-colours.ts";

type File = PageProps<typeof blamePage>["data"]["file"];

export default function BlamePage({ params, data, search }: PageProps<typeof blamePage>) {
  const { file } = data;
  const { revision, path } = file;
  const here = codeHref(params, "blame", revision.name, path);
  const counted = search.get("ignore") === "0";
  // A list that names no commit passes over nothing.
  const passed = (file.passing_over?.commits ?? 0) > 0;
  const ages = agesOf(file.commits);
  useLaterColours(file.coloured === "later");
  usePermalinkKey(codeHref(params, "blame", revision.commit, path) + (counted ? "?ignore=0" : ""));
  return (
    <Content wide className="max-w-[1440px]">
      <h1 className="sr-only">Blame of {path}</h1>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <RefSwitcher at={params} revision={revision} href={(ref) => codeHref(params, "blame", ref, path)} />
        <Breadcrumb at={params} gitRef={revision.name} path={path} />
      </div>
      <Panel
        head={
          <>
            <span className="min-w-0 truncate text-ink-2">
              {passed ? <PassingOver at={params} file={file} counted={counted} /> : "Who wrote each line"}
            </span>
            <span className="grow" />
            {passed && (
              <Button size="sm" variant="ghost" href={counted ? here : `${here}?ignore=0`}>
                {counted ? "Pass over" : "Count all"}
              </Button>
            )}
            <Button
              size="sm"
              variant="ghost"
              href={codeHref(params, "blob", revision.name, path)}
              icon={<FileCode aria-hidden="true" />}
            >
              Code
            </Button>
            <Button
              size="sm"
              variant="ghost"
              href={codeHref(params, "commits", revision.name, path)}
              icon={<History aria-hidden="true" />}
            >
              History
            </Button>
            <Button size="sm" variant="ghost" href={file.raw_url} icon={<FileDown aria-hidden="true" />}>
              Raw
            </Button>
          </>
        }
      >
        {file.binary ? (
          <p className="p-8 text-center text-ink-2">A binary file has no lines.</p>
        ) : (
          <div
            className="code-lines !py-0"
            role="region"
            aria-label={`${path} with the commit of each line`}
            tabIndex={0}
          >
            {file.ranges.map((range) => {
              const commit = file.commits[range.commit];
              return (
                commit && (
                  <Range
                    key={range.start}
                    at={params}
                    file={file}
                    range={range}
                    commit={commit}
                    age={ages(commit.date)}
                  />
                )
              );
            })}
          </div>
        )}
      </Panel>
    </Content>
  );
}

/** What is passed over, and where that is said. */
function PassingOver({
  at,
  file,
  counted,
}: {
  readonly at: At;
  readonly file: File;
  readonly counted: boolean;
}) {
  const { commits = 0, path = "" } = file.passing_over ?? {};
  const named = `${commits} ${commits === 1 ? "commit" : "commits"}`;
  return (
    <>
      {counted ? `Counting also the ${named} of ` : `Passing over ${named} of `}
      <Link href={codeHref(at, "blob", file.revision.name, path)} className="font-mono text-code">
        {path}
      </Link>
    </>
  );
}

/** How old a line is among those of its file, in ten steps of time. */
function agesOf(commits: File["commits"]): (date: string) => number {
  const times = commits.map(({ date }) => Date.parse(date));
  const newest = times.reduce((one, other) => Math.max(one, other), 0);
  const span = newest - times.reduce((one, other) => Math.min(one, other), newest);
  return (date) => (span === 0 ? 0 : Math.round(((newest - Date.parse(date)) / span) * 9));
}

function Range({
  at,
  file,
  range,
  commit,
  age,
}: {
  readonly at: At;
  readonly file: File;
  readonly range: File["ranges"][number];
  readonly commit: File["commits"][number];
  /** From 0, the newest of the file, to 9. */
  readonly age: number;
}) {
  const { start, count, previous, passed_over: passedOver } = range;
  const html = file.lines
    .slice(start - 1, start - 1 + count)
    .map(
      (line, index) =>
        `<div class="cl" id="L${start + index}"><a class="n" href="#L${start + index}" data-n="${start + index}" aria-label="Line ${start + index}" tabindex="-1"></a><code>${shownLine(line)}</code></div>`,
    )
    .join("");
  return (
    <div className="blame-row" data-age={age}>
      <div className="flex min-w-0 items-start gap-1.5 px-2 py-0.5 font-sans text-sm leading-4">
        <Person
          person={{ ...commit.author, name: "" }}
          size={16}
          className="shrink-0 pt-px [&>:last-child]:hidden"
        />
        <Link
          href={commitHref(at, commit.sha)}
          look="muted"
          dir="auto"
          className="min-w-0 grow truncate"
          title={`${commit.subject} · ${commit.author.name}`}
        >
          {commit.subject}
        </Link>
        {passedOver && (
          <span className="shrink-0" data-tip="Changed since by a commit that is passed over">
            <ListFilter
              aria-label="Changed since by a commit that is passed over"
              className="size-3.5 text-ink-3"
            />
          </span>
        )}
        <span className="shrink-0 text-xs text-ink-3">
          <RelativeTime at={commit.date} />
        </span>
        {previous ? (
          <IconButton
            size="sm"
            className="-my-1"
            label="Blame before this commit"
            icon={<History />}
            href={codeHref(at, "blame", previous.commit, previous.path)}
          />
        ) : (
          <span className="w-6 shrink-0" />
        )}
      </div>
      <div className="border-l border-line" dangerouslySetInnerHTML={{ __html: html }} />
    </div>
  );
}
