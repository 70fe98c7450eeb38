/** The smallest body that a route's schema accepts, made from the schema itself. */
import { z } from "zod";

interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly format?: string;
  readonly pattern?: string;
}

/** @returns undefined for a route without a body, and for a schema that no simple value satisfies */
export function sampleBody(body: z.ZodType | undefined): unknown {
  if (!body) return undefined;
  const schema = z.toJSONSchema(body, { io: "input", unrepresentable: "any" }) as Schema;
  const value = sample(schema);
  return body.safeParse(value).success ? value : undefined;
}

const texts: Readonly<Record<string, string>> = {
  "date-time": "2030-01-01T00:00:00Z",
  date: "2030-01-01",
  email: "somebody@example.test",
  uri: "http://example.test/",
  uuid: "00000000-0000-7000-8000-000000000000",
};

function sample(schema: Schema): unknown {
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const option = (schema.anyOf ?? schema.oneOf)?.[0];
  if (option) return sample(option);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(sample));
  switch (typeof schema.type === "object" ? schema.type[0] : schema.type) {
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]),
      );
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
    case "string":
      return texts[schema.format ?? ""] ?? patterned(schema) ?? "sample".padEnd(schema.minLength ?? 0, "x");
    case "integer":
    case "number":
      return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 1 : schema.exclusiveMinimum + 1);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return "sample";
  }
}

/** The patterns that bodies have: object ids, colours, names. */
function patterned({ pattern }: Schema): string | undefined {
  if (pattern === undefined) return undefined;
  const tries = ["a".repeat(40), "f29513", "sample", "refs/heads/sample", "1"];
  const expression = new RegExp(pattern, "u");
  return tries.find((text) => expression.test(text));
}
