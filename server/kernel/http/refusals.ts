/** Every thrown thing becomes one answer of GitHub's shape: `{message, documentation_url, errors?, details?, code, request_id}`. */
import { z } from "zod";
import { isDiskFull } from "../../git/disk-full.ts";
import { MissingObject, ObjectTooLarge } from "../../git/objects.ts";
import { UnspeakablePath } from "../../git/paths.ts";
import { GitOutputTooLarge, GitTimeout } from "../../git/process.ts";
import { constraintViolation, databaseFailure, type DatabaseFailure } from "../db/client.ts";
import { Refusal, type Constraints, type FieldError } from "../errors.ts";

const unavailable: Readonly<Record<DatabaseFailure, string>> = {
  unavailable: "The database cannot be reached right now; nothing was changed",
  timeout: "The database took too long; nothing was changed",
  conflict: "Another change came in between; nothing was changed, try again",
  disk_full: "The server cannot store anything more; nothing was changed",
};

/** The refusal behind whatever was thrown; what we do not know is `internal` and says nothing of its cause. */
export function refusalOf(error: unknown, constraints: Constraints, resource = "Request"): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof z.ZodError) {
    return new Refusal("validation_failed", "Validation Failed", { fields: fieldErrors(error, resource) });
  }
  const violation = constraintViolation(error);
  const field = violation && constraints[violation.constraint];
  if (field) return new Refusal("validation_failed", "Validation Failed", { fields: [field], cause: error });
  const failure = databaseFailure(error);
  if (failure) return new Refusal("unavailable", unavailable[failure], { cause: error, retryAfter: 2 });
  if (isDiskFull(error))
    return new Refusal("unavailable", unavailable.disk_full, { cause: error, retryAfter: 60 });
  if (error instanceof GitTimeout) {
    return new Refusal("unavailable", "The server is busy; try again in a moment", {
      cause: error,
      retryAfter: 2,
    });
  }
  if (error instanceof MissingObject) return new Refusal("not_found", "Not Found", { cause: error });
  if (error instanceof ObjectTooLarge || error instanceof GitOutputTooLarge)
    return new Refusal("validation_failed", "This is too large to be shown", { cause: error });
  if (error instanceof UnspeakablePath)
    return new Refusal("validation_failed", "git cannot be asked about a file of this name", {
      cause: error,
    });
  return new Refusal("internal", "Something went wrong on our side", { cause: error });
}

function fieldErrors(error: z.ZodError, resource: string): FieldError[] {
  return error.issues.map((issue) => {
    const missing = issue.code === "invalid_type" && issue.input === undefined;
    return {
      resource,
      field: issue.path.join(".") || "body",
      code: missing ? ("missing_field" as const) : ("invalid" as const),
      message: issue.message,
    };
  });
}

/** The answer of a refusal over HTTP. */
export function refusalResponse(refusal: Refusal, requestId: string, documentation: string): Response {
  const headers = new Headers({
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-request-id": requestId,
  });
  if (refusal.retryAfter !== undefined) headers.set("retry-after", String(refusal.retryAfter));
  const body = {
    message: refusal.message,
    documentation_url: documentation,
    status: String(refusal.status),
    ...(refusal.fields.length > 0 ? { errors: refusal.fields } : {}),
    ...(refusal.details === undefined ? {} : { details: refusal.details }),
    code: refusal.code,
    request_id: requestId,
  };
  return new Response(JSON.stringify(body), { status: refusal.status, headers });
}

/** The redirect of a request whose thing has moved: 301, and 307 where the method must stay (as GitHub). */
export function movedResponse(location: URL, method: string, requestId: string): Response {
  const status = method === "GET" || method === "HEAD" ? 301 : 307;
  const message = status === 301 ? "Moved Permanently" : "Temporary Redirect";
  return new Response(JSON.stringify({ message, url: location.href, request_id: requestId }), {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      location: location.href,
      "x-request-id": requestId,
    },
  });
}
