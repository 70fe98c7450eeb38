import { CopyButton } from "./copy-button.tsx";

interface Props {
  readonly code: string;
  /** Shown with a prompt: lines to type in a terminal. The prompt is not copied. */
  readonly command?: boolean | undefined;
  /** What it is, read aloud with the copy button. */
  readonly label?: string | undefined;
}

/** Some lines of code or commands, with a button that copies them. */
export function CodeBlock({ code, command = false, label }: Props) {
  return (
    <div className="code-block group flex items-start rounded border border-line bg-sunken">
      <pre className="min-w-0 grow overflow-x-auto py-2 pl-3 text-code [overflow-wrap:normal]" tabIndex={0}>
        <code>
          {command
            ? code.split("\n").map((line, index) => (
                // Lines of one fixed text.
                // oxlint-disable-next-line react/no-array-index-key
                <span key={index} className="prompt block">
                  {line}
                </span>
              ))
            : code}
        </code>
      </pre>
      {/* Beside the lines, not over them: a long one scrolls without being covered. */}
      <div className="shrink-0 p-1">
        <CopyButton text={code} label={label === undefined ? "Copy" : `Copy ${label}`} />
      </div>
    </div>
  );
}
