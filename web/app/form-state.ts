import type { FormState } from "../ui/form-context.ts";
import { MalformedForm } from "./actions.ts";
import { apiName, type FormEntries } from "./form-body.ts";
import type { ApiError } from "./api.ts";

/** Names of fields whose value never goes back into a page. */
const secret = /password|secret|token|passphrase|private_key|otp|code$/i;

/** A refusal as the form shows it: what was typed, the sentence, and which fields were wrong. */
export function formState(form: string, fields: FormEntries, error: ApiError): FormState {
  const typed = [...fields].filter(([name]) => !name.startsWith("_") && !secret.test(name));
  const present = new Set(typed.map(([name]) => name).map(safeApiName));
  const errors: Record<string, string> = {};
  const elsewhere: string[] = [];
  for (const { field, message, code } of error.errors) {
    const sentence = message ?? sentenceFor(code);
    if (present.has(field) || [...fields].some(([name]) => safeApiName(name) === field))
      errors[field] ??= sentence;
    else elsewhere.push(`${field}: ${sentence}`);
  }
  const general =
    error.errors.length > 0 && elsewhere.length === 0 ? "Some fields need another look." : error.message;
  return { form, typed, errors, message: [general, ...elsewhere].join(" ") };
}

function safeApiName(name: string): string {
  try {
    return apiName(name);
  } catch (error) {
    if (error instanceof MalformedForm) return "";
    throw error;
  }
}

const sentenceFor = (code: string | undefined): string =>
  code === "missing" || code === "missing_field"
    ? "This is needed."
    : code === "already_exists"
      ? "This is taken already."
      : "This cannot be accepted.";
