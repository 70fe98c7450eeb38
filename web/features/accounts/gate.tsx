import type { ReactNode } from "react";

interface Props {
  readonly title: ReactNode;
  readonly about?: ReactNode;
  /** Other ways from here: to sign up, to sign in. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/** A page with one small form on the way in: signing in, signing up, a new password. */
export function Gate({ title, about, foot, children }: Props) {
  return (
    <div className="mx-auto flex min-h-[calc(100dvh-3rem)] w-full max-w-[400px] flex-col justify-center px-4 py-12">
      <h1 className="text-xl tracking-[-0.01em]">{title}</h1>
      {about !== undefined && <div className="mt-1 text-base text-ink-2">{about}</div>}
      <div className="mt-6 flex flex-col gap-4">{children}</div>
      {foot !== undefined && <div className="mt-6 border-t border-line pt-4 text-sm text-ink-2">{foot}</div>}
    </div>
  );
}
