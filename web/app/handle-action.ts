import type { FormState } from "../ui/form-context.ts";
import { MalformedForm, parseAction } from "./actions.ts";
import { decodeForm, fieldNames, redirectTarget } from "./form-body.ts";
import { ApiError, createApi } from "./api.ts";
import { formState } from "./form-state.ts";
import { pagePath } from "./paths.ts";
import { drawPage, forwarded, redirectTo, type PageAnswer, type PageRequest } from "./render.tsx";
import { signInAction, signInHref } from "./site.ts";

/** A form that was posted to a page's own address. The server has checked the Origin and the size before. */
export interface ActionRequest extends PageRequest {
  /** The body, `application/x-www-form-urlencoded`. */
  readonly body: string;
}

/**
 * Executes a posted form against the API in the name of the visitor. Success: 303 to where the form says, or to its page, with
 * the API's cookies. Refusal: the page again under the API's status, with every field kept and the wrong ones named.
 */
export async function handleAction(request: ActionRequest): Promise<PageAnswer> {
  const page = pagePath(request.url);
  const fields = new URLSearchParams(request.body);
  let action: ReturnType<typeof parseAction>;
  let body: ReturnType<typeof decodeForm>;
  try {
    // The button that was pressed may name another act than its form: it comes last.
    action = parseAction(fields.getAll(fieldNames.action).at(-1) ?? "");
    body = decodeForm(fields);
  } catch (error) {
    if (!(error instanceof MalformedForm)) throw error;
    return refuse(request, fields, new ApiError(400, error.message), []);
  }
  const key = fields.get(fieldNames.key);
  const api = createApi(request.fetch, { origin: "http://localhost", headers: forwarded(request.headers) });
  try {
    const answer = await api.send(action.method, action.path, {
      body: Object.keys(body).length === 0 ? undefined : body,
      idempotencyKey: action.method === "POST" && key ? await contentKey(key, request.body) : undefined,
    });
    const target = redirectTarget(fields.get(fieldNames.redirect) ?? undefined, answer.data, page);
    return redirectTo(target, 303, cookies(answer.headers));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401 && `${action.method} ${action.path}` !== signInAction)
      return redirectTo(signInHref(page), 303);
    return refuse(request, fields, error, []);
  }
}

const cookies = (headers: Headers): PageAnswer["headers"] =>
  headers.getSetCookie().map((cookie) => ["set-cookie", cookie] as const);

function refuse(
  request: ActionRequest,
  fields: URLSearchParams,
  error: ApiError,
  headers: PageAnswer["headers"],
): Promise<PageAnswer> {
  const form: FormState = formState(
    fields.get(fieldNames.form) ?? fields.get(fieldNames.action) ?? "",
    fields,
    error,
  );
  return drawPage(request, { form, status: error.status >= 400 ? error.status : 503, headers });
}

/**
 * The same form sent twice is one act; a form that was changed after going back is another one. So the key that the page gave
 * is bound to what was sent.
 */
async function contentKey(key: string, body: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${key}\n${body}`));
  return Buffer.from(digest).toString("hex");
}
