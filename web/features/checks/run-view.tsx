import { ExternalLink } from "lucide-react";
import type { WebAnnotation, WebCheckRun } from "../../../api/client.gen.ts";
import { path } from "../../app/paths.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { withParams } from "../diff/diff-query.ts";
import { AnnotationList } from "./annotation-list.tsx";
import { CheckIcon } from "./check-icon.tsx";
import { timeTaken, wordOf } from "./check-words.ts";

interface Props {
  readonly run: WebCheckRun;
  readonly search: URLSearchParams;
  readonly lineHref: (one: WebAnnotation) => string;
}

/** One run: what it came to, its summary, what it says about lines, and the rest of its words. */
export function RunView({ run, search, lineHref }: Props) {
  const took = timeTaken(run.started_at, run.completed_at);
  const moment = run.completed_at ?? run.started_at;
  return (
    <article aria-labelledby="run-name" className="min-w-0">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <div className="flex items-center gap-2">
            <CheckIcon word={run.word} />
            <h2 id="run-name" className="min-w-0 text-lg font-semibold [overflow-wrap:anywhere]">
              {run.name}
            </h2>
          </div>
          <p className="mt-0.5 text-sm text-ink-2">
            {wordOf(run.word)}
            {took !== undefined && ` in ${took}`}
            {moment !== null && (
              <>
                {" · "}
                <RelativeTime at={moment} />
              </>
            )}
            {run.reporter && (
              <>
                {" · reported by "}
                <a href={path`/${run.reporter.login}`} className="font-medium text-ink hover:underline">
                  {run.reporter.login}
                </a>
              </>
            )}
            {run.external_id !== null && ` · ${run.external_id}`}
          </p>
        </div>
        {run.link !== null && (
          <a href={run.link} rel="nofollow noreferrer" className={buttonClass({ size: "sm" })}>
            <ExternalLink aria-hidden="true" />
            {hostOf(run.link)}
          </a>
        )}
      </header>
      {run.title !== null && run.title !== "" && (
        <h3 dir="auto" className="mt-4 text-base font-semibold [overflow-wrap:anywhere]">
          {run.title}
        </h3>
      )}
      {run.summary_html === "" ? (
        run.annotations_count === 0 &&
        run.text_html === "" && <p className="mt-4 text-ink-2">It came without a word more.</p>
      ) : (
        <Markdown html={run.summary_html} className="mt-3" />
      )}
      {run.annotations_count > 0 && <Annotations {...{ run, search, lineHref }} />}
      {run.text_html !== "" && <Markdown html={run.text_html} className="mt-5" />}
      {run.others.length > 0 && <Others run={run} search={search} />}
    </article>
  );
}

function hostOf(link: string): string {
  return URL.canParse(link) ? `Details on ${new URL(link).host}` : "Details";
}

function Annotations({ run, search, lineHref }: Props) {
  const { annotations, annotations_count: total } = run;
  return (
    <section aria-labelledby="run-annotations" className="mt-5">
      <h3 id="run-annotations" className="mb-2 text-base font-semibold">
        {total === 1 ? "1 annotation" : `${total} annotations`}
      </h3>
      <div className="flex flex-col gap-3">
        {[...Map.groupBy(annotations, (one) => one.path)].map(([file, items]) => (
          <section key={file} aria-label={file} className="overflow-clip rounded-lg border border-line">
            <h4
              dir="ltr"
              className="border-b border-line bg-sunken px-3 py-2 font-mono text-code [overflow-wrap:anywhere]"
            >
              {file}
            </h4>
            <AnnotationList items={items} places lineHref={lineHref} />
          </section>
        ))}
      </div>
      {annotations.length < total && (
        <p className="mt-3 text-sm text-ink-2">
          The first {annotations.length} of {total}.{" "}
          <a
            className="text-accent-ink underline"
            href={withParams(search, { run: String(run.id), all: "1" })}
          >
            Show all
          </a>
        </p>
      )}
    </section>
  );
}

function Others({ run, search }: Pick<Props, "run" | "search">) {
  return (
    <section aria-labelledby="run-others" className="mt-6">
      <h3 id="run-others" className="mb-1.5 text-sm font-medium text-ink-2">
        Other runs of {run.name} on this commit
      </h3>
      <ul className="rows border-y border-line text-sm">
        {run.others.map((other) => (
          <li key={other.id} className="row relative flex items-center gap-2.5 px-3 py-1.5">
            <CheckIcon word={other.word} />
            <a
              href={withParams(search, { run: String(other.id), all: undefined })}
              className="row-link grow font-medium"
            >
              {wordOf(other.word)}
            </a>
            <span className="text-ink-2">
              <RelativeTime at={other.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
