/**
 * Every refusal has one of these codes. What a client may read (`message`, `fields`) and what we log (`cause`) are kept apart;
 * each protocol renders the same refusal in its own shape (`kernel/http/refusals.ts`, git sideband, CLI).
 */
export type ErrorCode =
  | "bad_request"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "not_allowed"
  | "conflict"
  | "gone"
  | "too_large"
  | "unsupported_media_type"
  | "validation_failed"
  | "rate_limited"
  | "unavailable"
  | "internal";

export const statusOf: Readonly<Record<ErrorCode, number>> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  not_allowed: 405,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

/** One wrong field, as GitHub's API names it. */
export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: "missing" | "missing_field" | "invalid" | "already_exists" | "unprocessable" | "custom";
  readonly message?: string;
}

/** What a database constraint says when it refuses: constraint name → field error. Each slice's `schema.ts` lists its own. */
export type Constraints = Readonly<Record<string, FieldError>>;

/** A refusal that may be told to the client: `message` is public, `cause` is not. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** Seconds after which another try makes sense. */
  readonly retryAfter: number | undefined;
  /** What a client needs to do better, beside the sentence: the other side of a conflict. */
  readonly details: unknown;

  constructor(
    code: ErrorCode,
    message: string,
    more: {
      readonly fields?: readonly FieldError[];
      readonly cause?: unknown;
      readonly retryAfter?: number;
      readonly details?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = "Refusal";
    this.code = code;
    this.fields = more.fields ?? [];
    this.retryAfter = more.retryAfter;
    this.details = more.details;
  }

  get status(): number {
    return statusOf[this.code];
  }
}

/** Unseen and absent are the same answer. */
export const notFound = (message = "Not Found") => new Refusal("not_found", message);

/**
 * The thing exists under this number but is of another kind (a pull request where an issue was asked for). The router then
 * tries the next route of the same path, and answers 404 when there is none.
 */
export class OtherKind extends Refusal {
  constructor() {
    super("not_found", "Not Found");
    this.name = "OtherKind";
  }
}

/** The thing lies at another path now; answered with a redirect that keeps the method. */
export class Moved extends Error {
  /** From the path that was asked for to the present one. */
  readonly relocate: (path: string) => string;

  constructor(relocate: (path: string) => string) {
    super("moved");
    this.name = "Moved";
    this.relocate = relocate;
  }
}

export const forbidden = (message: string) => new Refusal("forbidden", message);

export const unauthorized = (message = "Requires authentication") => new Refusal("unauthorized", message);

export const conflict = (message: string) => new Refusal("conflict", message);

/** A wrong field of the input. */
export const invalid = (
  resource: string,
  field: string,
  message: string,
  code: FieldError["code"] = "invalid",
) => new Refusal("validation_failed", "Validation Failed", { fields: [{ resource, field, code, message }] });

/** A rule that no single field breaks; the sentence is the whole message. */
export const unprocessable = (message: string) => new Refusal("validation_failed", message);
