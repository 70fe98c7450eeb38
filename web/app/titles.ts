import { ApiError } from "./api.ts";

interface Match {
  readonly loaderData?: unknown;
  readonly status?: string;
  readonly error?: unknown;
}

/** The title of what is shown: the innermost page's, or what went wrong. */
export function titleOf(matches: readonly Match[]): string {
  const failed = matches.find((match) => match.status === "error");
  if (failed) {
    return failed.error instanceof ApiError && failed.error.status === 404
      ? "Not found"
      : "Something is wrong";
  }
  for (const { loaderData } of matches.toReversed()) {
    const title = (loaderData as { title?: unknown } | undefined)?.title;
    if (typeof title === "string") return title;
  }
  return "";
}
