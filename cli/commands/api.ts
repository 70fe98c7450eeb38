import { readFile } from "node:fs/promises";
import { choice, command } from "../command.ts";
import { connect } from "../connection.ts";
import { UsageError } from "../failures.ts";
import { linksOf } from "../../api/call.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

const api = command({
  name: "api",
  about: "Ask the API of the forge anything",
  parameters: ["path"],
  options: {
    method: { type: "string", short: "X", value: "method", about: "GET, or POST when there are fields" },
    field: {
      type: "string",
      short: "F",
      value: "name=value",
      multiple: true,
      about: "A field: true, false, null and numbers are what they are",
    },
    "raw-field": {
      type: "string",
      short: "f",
      value: "name=text",
      multiple: true,
      about: "A field that is text",
    },
    input: { type: "string", value: "file", about: "The body as it is; - is the input" },
    paginate: { type: "boolean", about: "Follow the pages of a list to their end" },
  },
  more: "  wit api /user\n  wit api /repos/alice/demo/issues -f title=Hello",
  run: async ({ values, given: [path = ""], terminal }) => {
    const { call } = connect(terminal);
    const fields = fieldsOf(values.field ?? [], values["raw-field"] ?? []);
    const body =
      values.input === undefined
        ? fields
        : (JSON.parse(
            values.input === "-" ? await terminal.readInput() : await readFile(values.input, "utf8"),
          ) as unknown);
    const method =
      choice("method", values.method?.toUpperCase(), methods) ?? (body === undefined ? "GET" : "POST");
    let [bare = "", search = ""] = path.replace(/^\/?(?:api\/v3\/)?/, "/").split("?");
    const query = new URLSearchParams(search);
    if (method === "GET")
      for (const [name, value] of Object.entries(fields ?? {})) query.append(name, String(value));
    const read = (params: URLSearchParams) => {
      search = params.size > 0 ? `?${params}` : "";
      return call<unknown>({ method, path: `${bare}${search}`, body: method === "GET" ? undefined : body });
    };
    const first = await read(query);
    if (!values.paginate || !Array.isArray(first.data)) {
      if (typeof first.data === "string") terminal.print(first.data);
      else if (first.data !== undefined) terminal.json(first.data);
      return;
    }
    const all = [...first.data];
    for (let next = linksOf(first.headers).next; next;) {
      const page = await read(next);
      if (Array.isArray(page.data)) all.push(...page.data);
      next = linksOf(page.headers).next;
    }
    terminal.json(all);
  },
});

function fieldsOf(typed: readonly string[], plain: readonly string[]): Record<string, unknown> | undefined {
  if (typed.length + plain.length === 0) return undefined;
  const fields: Record<string, unknown> = {};
  const add = (field: string, read: (text: string) => unknown) => {
    const at = field.indexOf("=");
    if (at < 1) throw new UsageError(`"${field}" is not name=value`);
    const name = field.slice(0, at);
    const value = read(field.slice(at + 1));
    if (name.endsWith("[]")) {
      const list = (fields[name.slice(0, -2)] ??= []);
      if (Array.isArray(list)) list.push(value);
    } else fields[name] = value;
  };
  for (const field of plain) add(field, (text) => text);
  for (const field of typed)
    add(field, (text) => (/^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(text) ? JSON.parse(text) : text));
  return fields;
}

export const anything = [api];
