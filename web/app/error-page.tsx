import { useMatches, useRouter, useRouterState, type ErrorComponentProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { asApiError, type ApiError } from "./api.ts";
import { useLive } from "./live.ts";
import { path } from "./paths.ts";
import { signInHref } from "./site.ts";
import { errorTitle } from "./titles.ts";

/** What stands in place of a page that cannot be shown. The server answers with the same status. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const refusal = asApiError(error);
  useLive();
  const { status, requestId } = refusal;
  return (
    <ErrorState
      code={status === 0 || status === 401 ? undefined : String(status)}
      title={errorTitle(status)}
      requestId={status >= 500 ? requestId : undefined}
      action={<NextStep status={status} />}
    >
      {sentence(refusal)}
    </ErrorState>
  );
}

function sentence({ status, message, retryAfter, requestId }: ApiError): ReactNode {
  switch (status) {
    case 0:
      return "The server did not answer. Check your connection; nothing you saved was lost.";
    case 401:
      return "This page is for people who are signed in. You come back here afterwards.";
    case 404:
      // What is missing in a place that the reader sees has a sentence of its own.
      if (message.includes(" ") && message !== "Not Found") return message.replace(/[^.]$/, "$&.");
      return "There is nothing at this address, or it is not yours to see. If somebody sent you here, ask them for access.";
    case 429:
      return `Wait ${retryAfter === undefined ? "a moment" : `${retryAfter} seconds`}, then try again.`;
    case 500:
      return `The fault is ours. Nothing you saved was lost. Try again; if it stays, tell an administrator${requestId === undefined ? "" : " the number below"}.`;
    default:
      return message;
  }
}

function NextStep({ status }: { readonly status: number }) {
  const router = useRouter();
  const here = useRouterState({ select: (state) => state.location.href });
  const repository = useMatches({ select: aroundRepository });
  if (status === 401) {
    return (
      <Button href={signInHref(here)} variant="primary">
        Sign in
      </Button>
    );
  }
  if (status === 0 || status === 429 || status >= 500) {
    return (
      <Button className="js-only" onClick={() => void router.invalidate()}>
        Try again
      </Button>
    );
  }
  return (
    <>
      {repository && <Button href={`/${repository}`}>Go to {repository}</Button>}
      <Button href="/">Go to the start</Button>
    </>
  );
}

/** The repository that stands around a page which cannot be shown, where it is there to be seen: `alice/demo`. */
function aroundRepository(matches: readonly { readonly params: object; readonly status: string }[]) {
  const around = matches.at(-2);
  const { owner, repo } = (around?.params ?? {}) as Record<string, string | undefined>;
  return around?.status === "success" && owner && repo ? path`${owner}/${repo}` : undefined;
}
