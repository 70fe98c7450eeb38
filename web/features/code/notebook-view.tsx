import { clsx } from "clsx";
import type { PageProps } from "../../app/page.tsx";
import { Link } from "../../ui/link.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import type { blobPage } from "./routes.ts";

type Notebook = NonNullable<PageProps<typeof blobPage>["data"]["file"]["notebook"]>;
type Cell = Notebook["cells"][number];
type Output = Cell["outputs"][number];

/** A notebook as its cells. All HTML in it was sanitized by the server; `lines` is the address of its source. */
export function NotebookView({ notebook, lines }: { readonly notebook: Notebook; readonly lines: string }) {
  return (
    <div className="mx-auto grid max-w-[960px] gap-4 px-3 py-5 sm:px-6">
      {notebook.cells.map((cell, index) => (
        <NotebookCell key={index} cell={cell} />
      ))}
      {notebook.cells.length === 0 && <p className="text-center text-ink-2">A notebook without cells.</p>}
      {notebook.left_out > 0 && (
        <p className="text-sm text-ink-2">
          {notebook.left_out === 1 ? "One more cell is" : `${notebook.left_out} more cells are`} in{" "}
          <Link href={lines}>the source</Link>.
        </p>
      )}
    </div>
  );
}

function NotebookCell({ cell }: { readonly cell: Cell }) {
  if (cell.kind === "markdown") return <Markdown html={cell.html} />;
  if (cell.kind === "raw") return <pre className="notebook-text">{cell.lines.join("\n")}</pre>;
  return (
    <div className="grid gap-2">
      <div className="notebook-code">
        <span className="notebook-count" title="The how-manieth it was run">
          <span className="sr-only">Input </span>[{cell.count ?? " "}]
        </span>
        <pre
          // A scrolled region is reached by the keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-label={`Code${cell.count === null ? "" : ` ${cell.count}`}`}
          role="region"
          dangerouslySetInnerHTML={{ __html: cell.lines.join("\n") }}
        />
      </div>
      {cell.outputs.map((output, index) => (
        <OutputView key={index} output={output} />
      ))}
    </div>
  );
}

function OutputView({ output: { kind, content } }: { readonly output: Output }) {
  if (kind === "html") return <Markdown html={content} className="overflow-x-auto" />;
  if (kind === "image")
    return (
      <img
        src={content}
        alt="Output of the cell above"
        className="checkers max-h-[70vh] max-w-full justify-self-start"
      />
    );
  if (kind === "nothing") return <p className="text-sm text-ink-2">{content}.</p>;
  return <pre className={clsx("notebook-text", kind === "error" && "notebook-error")}>{content}</pre>;
}
