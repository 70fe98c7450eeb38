import type { ApiRequest } from "./api.ts";

/** The operation of the API that a form or a button names: `PATCH /repos/alice/demo`. */
export interface Action {
  readonly method: Exclude<ApiRequest["method"], "GET">;
  /** Relative to `/api/v3`. No query. */
  readonly path: string;
}

/** A form that does not follow the convention: a mistake or a forgery, never a visitor's typing. Answer 400. */
export class MalformedForm extends Error {
  override readonly name = "MalformedForm";
}

const METHODS: readonly string[] = ["POST", "PUT", "PATCH", "DELETE"];

/** Reads `"PATCH /repos/alice/demo"`. Throws `MalformedForm` for anything that is not one operation of this API. */
export function parseAction(text: string): Action {
  const space = text.indexOf(" ");
  const method = text.slice(0, space);
  const path = text.slice(space + 1);
  if (space < 0 || !METHODS.includes(method)) throw new MalformedForm("The form names no operation.");
  // Nothing that a URL parser would resolve, split or cut off may stand in the path.
  if (
    !/^\/[^/\\]/.test(path) ||
    !/^[\x21-\x7e]+$/.test(path) ||
    /[?#\\]|\/\/|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path)
  ) {
    throw new MalformedForm("The form names no operation.");
  }
  return { method: method as Action["method"], path };
}

/** A path on this site, as opposed to one that a browser would read as another host. */
export const isLocalPath = (path: string): boolean =>
  /^\/(?![/\\])[\x21-\x7e]*$/.test(path) && !path.includes("\\");
