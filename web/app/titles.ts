import { asApiError } from "./api.ts";

interface Match {
  readonly loaderData?: unknown;
  readonly status?: string;
  readonly error?: unknown;
}

const titles: Readonly<Record<number, string>> = {
  0: "No answer",
  401: "Sign in first",
  403: "Not allowed",
  404: "Not found",
  410: "No longer here",
  429: "Too many requests",
  503: "Not ready",
};

/** The title of a page that cannot be shown. */
export const errorTitle = (status: number): string =>
  titles[status] ?? (status < 500 ? "This cannot be shown" : "Something went wrong");

/** The title of what is shown: the innermost page's, or what went wrong. */
export function titleOf(matches: readonly Match[]): string {
  const failed = matches.find((match) => match.status === "error");
  if (failed) return errorTitle(asApiError(failed.error).status);
  for (const { loaderData } of matches.toReversed()) {
    const title = (loaderData as { title?: unknown } | undefined)?.title;
    if (typeof title === "string") return title;
  }
  return "";
}
