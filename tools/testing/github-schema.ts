/** Holds answers against the schemas that GitHub publishes, and counts the operations that were held. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { githubResponses, shapesId, type GitHubResponses } from "./github-responses.ts";

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  validateSchema: false,
  logger: false,
  // Named shapes are compiled once, each when an operation first needs it.
  inlineRefs: false,
  // GitHub writes formats of its own (`repo.nwo`, `timestamp`).
  formats: { "repo.nwo": true, timestamp: true },
});
formats.default(ajv, ["date-time", "date", "uri", "email", "uuid"]);

let loaded: GitHubResponses | undefined;

function responses(): GitHubResponses {
  if (!loaded) {
    loaded = githubResponses();
    ajv.addSchema({ $id: shapesId, $defs: loaded.schemas });
  }
  return loaded;
}

const validators = new Map<string, ValidateFunction>();

/** Whether GitHub has an operation of this name. */
export const isGitHubOperation = (operation: string): boolean =>
  Object.hasOwn(responses().operations, operation);

/**
 * What is wrong with an answer by GitHub's own description of it; nothing for an operation that GitHub does not have.
 * Each problem names the place in the body.
 */
export function validateGitHubAnswer(operation: string, status: number, body: unknown): string[] {
  const answers = responses().operations[operation];
  if (!answers) return [];
  countOperation(operation);
  if (!Object.hasOwn(answers, String(status))) {
    const good = Object.keys(answers).filter((one) => /^[23]/.test(one));
    return status >= 200 && status < 300
      ? [`status: GitHub answers ${good.join(" or ")}, not ${status}`]
      : [];
  }
  const schema = answers[String(status)];
  if (!schema) {
    const empty = body === undefined || body === null || body === "";
    return empty || status >= 300 ? [] : ["body: GitHub answers no body"];
  }
  const key = `${operation} ${status}`;
  let validate = validators.get(key);
  if (!validate) {
    validate = ajv.compile(schema);
    validators.set(key, validate);
  }
  if (validate(body)) return [];
  const problems = (validate.errors ?? []).map((error) => {
    const place = `body${error.instancePath.replaceAll("/", ".")}`;
    const more = Object.values(error.params)
      .filter((one) => ["string", "number"].includes(typeof one))
      .join(", ");
    return `${place} ${error.message ?? error.keyword}${more === "" || error.message?.includes(more) ? "" : ` (${more})`}`;
  });
  return [...new Set(problems)];
}

const counts = resolve(import.meta.dirname, "..", "..", ".cache", "github-operations");
const counted = new Set<string>();

/** Every worker writes to a file of its own, named by the run that it belongs to and by itself. */
function countOperation(operation: string): void {
  if (counted.has(operation)) return;
  if (counted.size === 0) mkdirSync(counts, { recursive: true });
  counted.add(operation);
  appendFileSync(join(counts, `${process.ppid}-${process.pid}`), `${operation}\n`);
}

/** The files of this run, asked for by the run's own process or by one of its workers. */
function countFiles(): string[] {
  if (!existsSync(counts)) return [];
  const runs = new Set([String(process.pid), String(process.ppid)]);
  return readdirSync(counts).filter((name) => runs.has(name.split("-")[0] ?? ""));
}

/** The operations of GitHub's that this run has held against its schema. */
export function coveredOperations(): string[] {
  const names = countFiles().flatMap((file) => readFileSync(join(counts, file), "utf8").split("\n"));
  return [...new Set(names.filter((name) => name !== ""))].toSorted();
}

/** At the end of a run. */
export function forgetCoveredOperations(): void {
  for (const file of countFiles()) rmSync(join(counts, file), { force: true });
}
