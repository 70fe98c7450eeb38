/**
 * The form convention, pure: a form posts `application/x-www-form-urlencoded` to its page's own URL; hidden fields name the API
 * operation. The server executes it in-process; with JavaScript the browser sends the same body itself. See ../README.md.
 */
import { isLocalPath, MalformedForm } from "./actions.ts";
import { deep } from "./paths.ts";

export type FormEntries = Iterable<readonly [name: string, value: string]>;

/** A JSON value made of a form. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export const fieldNames = {
  action: "_action",
  redirect: "_redirect",
  key: "_key",
  form: "_form",
} as const;

const MAX_FIELDS = 1000;
const MAX_DEPTH = 5;

/**
 * Fields to a JSON body. A name is `path`, `path[]` or either with a type: `private:boolean`, `count:number`,
 * `config.url`, `labels[]`, `ids[]:number`; a `?` at the end makes an empty value `null`. Names that begin with `_` are left out.
 *  - string (no type): the text, its line ends as `\n`
 *  - number: a number; empty is left out; what is no number stays text, so that the API names the field
 *  - boolean: `true`, `on` and `1` are true, all else false; of several the last counts (a hidden `false` before the tick)
 *  - list: every value that is not empty, so that a single hidden empty one means an empty list
 */
export function decodeForm(entries: FormEntries): { readonly [name: string]: Json } {
  const body = Object.create(null) as Tree;
  let count = 0;
  for (const [name, text] of entries) {
    if (++count > MAX_FIELDS) throw new MalformedForm("The form has too many fields.");
    if (name === "" || name.startsWith("_")) continue;
    const field = parseName(name);
    const value = convert(text, field.type, field.nullable);
    const parent = descend(body, field.path);
    const last = field.path.at(-1) ?? "";
    if (field.list) {
      const list = (parent[last] ??= []);
      if (!Array.isArray(list)) throw new MalformedForm(`The field "${name}" is both one and many.`);
      if (text !== "" && value !== undefined) list.push(value);
    } else if (value !== undefined) {
      if (typeof parent[last] === "object" && parent[last] !== null) {
        throw new MalformedForm(`The field "${name}" is both one and many.`);
      }
      parent[last] = value;
    }
  }
  return body as { readonly [name: string]: Json };
}

/** JSON to the entries that decode to it again: the hidden fields of a form that sends a fixed body. */
export function encodeForm(body: {
  readonly [name: string]: Json | undefined;
}): readonly (readonly [string, string])[] {
  const entries: (readonly [string, string])[] = [];
  const put = (name: string, value: Json | undefined): void => {
    if (value === undefined) return;
    if (value === null) entries.push([`${name}?`, ""]);
    else if (typeof value === "string") entries.push([name, value]);
    else if (typeof value !== "object") entries.push([`${name}:${typeof value}`, String(value)]);
    else if (Array.isArray(value)) putList(name, value);
    else for (const [key, inner] of Object.entries(value)) put(`${name}.${key}`, inner);
  };
  const putList = (name: string, list: readonly Json[]): void => {
    if (list.length === 0) entries.push([`${name}[]`, ""]);
    for (const one of list) {
      if (one === null || one === "" || typeof one === "object")
        throw new TypeError(`${name}: a list in a form holds plain values`);
      entries.push([typeof one === "string" ? `${name}[]` : `${name}[]:${typeof one}`, String(one)]);
    }
  };
  for (const [name, value] of Object.entries(body)) put(name, value);
  return entries;
}

/** The name by which the API calls a field: `private:boolean` → `private`, `labels[]` → `labels`. */
export const apiName = (name: string): string => parseName(name).path.join(".");

/**
 * Where to go after success: a path of this site in which `{number}` or `{owner.login}` stands for a value of the answer, and
 * `{+to}` for one that is itself a path and keeps its slashes.
 * Falls back to `fallback` for anything that leads to another site.
 */
export function redirectTarget(template: string | undefined, answer: unknown, fallback: string): string {
  if (template === undefined || template === "") return fallback;
  const filled = template.replaceAll(/\{(\+?)([\w.]+)\}/g, (_, plus: string, path: string) => {
    let value: unknown = answer;
    for (const key of path.split(".")) {
      value =
        typeof value === "object" && value !== null && Object.hasOwn(value, key)
          ? (value as Tree)[key]
          : undefined;
    }
    if (typeof value !== "string" && typeof value !== "number") return "";
    return plus === "" ? encodeURIComponent(value) : deep(String(value)).encoded;
  });
  return isLocalPath(filled) ? filled : fallback;
}

type Tree = Record<string, unknown>;

interface FieldName {
  readonly path: readonly string[];
  readonly list: boolean;
  readonly type: "string" | "number" | "boolean";
  readonly nullable: boolean;
}

function parseName(name: string): FieldName {
  const found = /^([A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*)(\[\])?(?::(string|number|boolean))?(\?)?$/.exec(name);
  const path = found?.[1]?.split(".") ?? [];
  if (!found || path.length > MAX_DEPTH || path.some((key) => key === "constructor" || key === "prototype")) {
    throw new MalformedForm("The form has a field whose name cannot be read.");
  }
  return {
    path,
    list: found[2] !== undefined,
    type: (found[3] ?? "string") as FieldName["type"],
    nullable: found[4] !== undefined,
  };
}

function descend(body: Tree, path: readonly string[]): Tree {
  let parent = body;
  for (const key of path.slice(0, -1)) {
    const next = (parent[key] ??= Object.create(null));
    if (typeof next !== "object" || next === null || Array.isArray(next)) {
      throw new MalformedForm(`The field "${path.join(".")}" is both one and many.`);
    }
    parent = next as Tree;
  }
  return parent;
}

function convert(text: string, type: FieldName["type"], nullable: boolean): Json | undefined {
  if (nullable && text === "") return null;
  if (type === "boolean") return text === "true" || text === "on" || text === "1";
  if (type === "number") {
    if (text.trim() === "") return undefined;
    const number = Number(text);
    return Number.isFinite(number) ? number : text;
  }
  return text.replaceAll("\r\n", "\n");
}
