import type { ReactNode } from "react";

interface Props {
  /** What happened. */
  readonly title: ReactNode;
  /** What was kept, and what to do. */
  readonly children: ReactNode;
  /** Large and quiet above the title: 404. */
  readonly code?: string | undefined;
  /** To be told to an administrator. */
  readonly requestId?: string | undefined;
  readonly action?: ReactNode;
}

/** Something went wrong: what happened, what was kept, and what to do. */
export function ErrorState({ title, children, code, requestId, action }: Props) {
  return (
    <div role="alert" className="mx-auto flex max-w-narrow flex-col items-center px-4 py-16 text-center">
      {code !== undefined && <p className="mb-1 text-sm font-medium text-ink-3">{code}</p>}
      <h1 className="text-xl">{title}</h1>
      <div className="mt-1 text-base text-balance text-ink-2">{children}</div>
      {action !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
      {requestId !== undefined && (
        <p className="mt-6 text-xs text-ink-3">
          Request <code>{requestId}</code>
        </p>
      )}
    </div>
  );
}
