import type { ReactNode } from "react";
import { CodeBlock } from "./code-block.tsx";

interface Props {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  /** The next step, in a sentence. */
  readonly children?: ReactNode;
  /** Commands that take that step. */
  readonly command?: string | undefined;
  /** A button that takes it here. */
  readonly action?: ReactNode;
}

/** Nothing here yet: says what belongs here and teaches the next step. */
export function EmptyState({ icon, title, children, command, action }: Props) {
  return (
    <div className="mx-auto flex max-w-narrow flex-col items-center px-4 py-12 text-center">
      {icon !== undefined && <div className="mb-3 text-ink-3 [&_.lucide]:size-6">{icon}</div>}
      <h2 className="text-lg font-semibold">{title}</h2>
      {children !== undefined && <div className="mt-1 text-base text-balance text-ink-2">{children}</div>}
      {command !== undefined && (
        <div className="mt-4 w-full text-left">
          <CodeBlock code={command} command />
        </div>
      )}
      {action !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
