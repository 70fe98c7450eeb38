import { useRouter, useRouterState, type ErrorComponentProps } from "@tanstack/react-router";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { ApiError, plainly } from "./api.ts";
import { signInHref } from "./site.ts";

/** What stands in place of a page that cannot be shown. The server answers with the same status. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter();
  const here = useRouterState({ select: (state) => state.location.href });
  const refusal = error instanceof ApiError ? error : new ApiError(500, plainly(500));
  const again = (
    <Button className="js-only" onClick={() => void router.invalidate()}>
      Try again
    </Button>
  );
  const home = <Button href="/">Go to the start</Button>;
  switch (refusal.status) {
    case 404:
      return (
        <ErrorState code="404" title="Not found" action={home}>
          There is nothing at this address, or it is not yours to see. If somebody sent you here, ask them for
          access.
        </ErrorState>
      );
    case 401:
      return (
        <ErrorState
          title="Sign in first"
          action={
            <Button href={signInHref(here)} variant="primary">
              Sign in
            </Button>
          }
        >
          This page is for people who are signed in. You come back here afterwards.
        </ErrorState>
      );
    case 403:
      return (
        <ErrorState code="403" title="Not allowed" action={home}>
          {refusal.message}
        </ErrorState>
      );
    case 410:
      return (
        <ErrorState code="410" title="No longer here" action={home}>
          {refusal.message}
        </ErrorState>
      );
    case 429:
      return (
        <ErrorState code="429" title="Too many requests" action={again}>
          Wait {refusal.retryAfter === undefined ? "a moment" : `${refusal.retryAfter} seconds`}, then try
          again.
        </ErrorState>
      );
    case 0:
      return (
        <ErrorState title="No answer" action={again}>
          The server did not answer. Check your connection; nothing you saved was lost.
        </ErrorState>
      );
    case 503:
      return (
        <ErrorState code="503" title="Not ready" requestId={refusal.requestId} action={again}>
          {refusal.message}
        </ErrorState>
      );
    default:
      return refusal.status < 500 ? (
        <ErrorState code={String(refusal.status)} title="This cannot be shown" action={home}>
          {refusal.message}
        </ErrorState>
      ) : (
        <ErrorState
          code={String(refusal.status)}
          title="Something went wrong"
          requestId={refusal.requestId}
          action={again}
        >
          The fault is ours. Nothing you saved was lost; try again, and if it stays, give an administrator the
          number below.
        </ErrorState>
      );
  }
}
