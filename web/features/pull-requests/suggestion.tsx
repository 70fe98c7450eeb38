import { Check } from "lucide-react";
import { ActionButton } from "../../app/action-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import type { WebThread } from "../../../api/client.gen.ts";
import { shortSha } from "../code/hrefs.ts";
import { path as address } from "../../app/paths.ts";
import { apiOf, type At } from "./hrefs.ts";
import { toggleBatched, useBatch } from "./suggestion-batch.ts";

type Comment = WebThread["comments"][number];

interface Props {
  readonly at: At;
  readonly number: number;
  readonly comment: Comment;
  /** Not submitted: nobody can apply it yet. */
  readonly pending: boolean;
}

/** The first block of suggested lines in the words that the server drew. */
const block = /<pre[^>]*><code class="language-suggestion">[\s\S]*?<\/code><\/pre>/;

/** A comment's words; what it suggests stands as a change that can be applied. */
export function SuggestingWords(props: Props) {
  const html = props.comment.body_html ?? "";
  const found = props.comment.suggestion === null ? null : block.exec(html);
  if (!found) {
    return (
      <>
        <Markdown html={html} />
        {props.comment.suggestion !== null && <Suggestion {...props} />}
      </>
    );
  }
  const before = html.slice(0, found.index);
  const after = html.slice(found.index + found[0].length);
  return (
    <>
      {before.trim() !== "" && <Markdown html={before} />}
      <Suggestion {...props} />
      {after.trim() !== "" && <Markdown html={after} />}
    </>
  );
}

function Suggestion({ at, number, comment, pending }: Props) {
  const batch = useBatch(number);
  const { suggestion, lines, can } = comment;
  if (suggestion === null) return null;
  const wanted = suggestion.text === "" ? [] : suggestion.text.replace(/\n$/, "").split("\n");
  const chosen = batch.includes(comment.id);
  return (
    <section
      aria-label="Suggested change"
      className="my-2 overflow-clip rounded-md border border-line bg-surface"
    >
      <header className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-sunken px-2 py-1 text-sm text-ink-2">
        <span className="grow">Suggested change</span>
        {suggestion.applied ? (
          <span className="text-open">
            <Check aria-hidden="true" className="mr-1 inline size-3.5" />
            Applied
            {suggestion.commit_id !== null && (
              <>
                {" in "}
                <a
                  className="font-mono text-code underline"
                  href={address`/${at.owner}/${at.repo}/commit/${suggestion.commit_id}`}
                >
                  {shortSha(suggestion.commit_id)}
                </a>
              </>
            )}
          </span>
        ) : pending ? null : can.apply === true ? (
          <span className="flex gap-1">
            <Button
              size="sm"
              variant="ghost"
              className="js-only"
              aria-pressed={chosen}
              onClick={() => toggleBatched(number, comment.id)}
            >
              {chosen ? "Out of the batch" : "Add to batch"}
            </Button>
            <ActionButton
              size="sm"
              action={`POST ${apiOf(at)}/pulls/${number}/suggestions`}
              values={{ comment_ids: [comment.id] }}
            >
              Apply
            </ActionButton>
          </span>
        ) : lines === null ? (
          <span className="text-warning">Outdated: the lines were changed since</span>
        ) : null}
      </header>
      <pre
        tabIndex={0}
        aria-label="The lines before and after"
        className="overflow-x-auto font-mono text-code [overflow-wrap:normal]"
      >
        <code className="block min-w-max">
          {(lines ?? []).map((line, index) => (
            // Lines of one fixed text.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={`-${index}`} className="block bg-removed px-3 whitespace-pre">
              <span className="sr-only">removed: </span>
              {`− ${line}`}
            </span>
          ))}
          {wanted.map((line, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <span key={`+${index}`} className="block bg-added px-3 whitespace-pre">
              <span className="sr-only">added: </span>
              {`+ ${line}`}
            </span>
          ))}
          {wanted.length === 0 && <span className="block px-3 text-ink-3">Nothing in their place.</span>}
        </code>
      </pre>
    </section>
  );
}
