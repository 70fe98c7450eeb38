import { Check } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Notice } from "../../ui/form.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { ConflictForm } from "./conflict-form.tsx";
import { pullHref } from "./hrefs.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { BranchName, PullHead } from "./pull-head.tsx";
import type { pullConflictsPage } from "./routes.ts";

/** Where the two branches disagree, and the form that settles it. */
export default function ConflictsPage({ params, search, data }: PageProps<typeof pullConflictsPage>) {
  const { page } = data;
  const { pull, files } = page;
  const unresolvable = files.filter(({ why }) => why !== null);
  return (
    <Content>
      <PullHead at={params} pull={pull} search={search} tab="conversation" canEdit={page.can.edit} />
      <section aria-labelledby="conflicts" className="flex flex-col gap-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h2 id="conflicts" className="text-lg font-semibold">
            {files.length === 0 ? "No conflicts" : `Conflicts in ${countOf(files.length + page.more)}`}
          </h2>
          <LinkButton variant="ghost" href={pullHref(params, pull.number)}>
            Back to the conversation
          </LinkButton>
        </div>
        {files.length === 0 ? (
          <p className="flex items-center gap-2 text-sm text-ink-2">
            <Check aria-hidden="true" className="text-open" />
            {pull.state === "open" ? (
              <span>
                <BranchName name={pull.head.ref} /> and <BranchName name={pull.base.ref} /> fit together.
              </span>
            ) : (
              "This is not open any more."
            )}
          </p>
        ) : (
          <>
            {page.can.resolve !== true && unresolvable.length === 0 && (
              <Notice tone="info">{page.can.resolve}.</Notice>
            )}
            {unresolvable.length > 0 && (
              <Notice tone="warning">
                {unresolvable.length === files.length
                  ? "These are no questions of lines: resolve them on your machine."
                  : "Some of these are no questions of lines: resolve all of them on your machine."}
              </Notice>
            )}
            {page.more > 0 && (
              <Notice tone="warning">{page.more} more are not shown. Resolve them on your machine.</Notice>
            )}
            {unresolvable.map((file) => (
              <div key={file.path} className="rounded-lg border border-line-strong px-3 py-2.5">
                <p dir="ltr" className="font-mono text-code [overflow-wrap:anywhere]">
                  {file.shown}
                </p>
                <p className="mt-1 text-sm text-ink-2">{file.why}.</p>
              </div>
            ))}
            <ConflictForm at={params} page={page} search={search} />
            <section aria-labelledby="by-hand" className="mt-2 flex flex-col gap-2">
              <h3 id="by-hand" className="text-sm font-medium">
                On your machine
              </h3>
              <CodeBlock command code={page.commands.begin.join("\n")} label="the first commands" />
              <p className="text-sm text-ink-2">
                Edit what <code className="font-mono text-code">git status</code> names as changed on both
                sides, then:
              </p>
              <CodeBlock command code={page.commands.end.join("\n")} label="the last commands" />
            </section>
          </>
        )}
      </section>
    </Content>
  );
}

const countOf = (files: number): string => (files === 1 ? "1 file" : `${files} files`);
