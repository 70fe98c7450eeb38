import { clsx } from "clsx";
import { createContext, useContext, useId, type ReactNode } from "react";
import { useForm } from "./form-context.ts";

interface FieldReading {
  readonly id: string;
  readonly name: string;
  readonly typed: readonly string[] | undefined;
  readonly described: string | undefined;
  readonly invalid: boolean;
  readonly refused: boolean;
}

const FieldContext = createContext<FieldReading | undefined>(undefined);

interface Props {
  /** The field's name in the form convention: `title`, `private:boolean`, `labels[]`. */
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Says what is wrong; the form's own refusal is found by name. */
  readonly error?: string | undefined;
  readonly optional?: boolean | undefined;
  /** The label is read aloud but not shown. */
  readonly bare?: boolean | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A labelled control with its hint and error. The control inside (`Input`, `Select`, …) takes its name and id from here. */
export function Field({ name, label, hint, error, optional, bare, className, children }: Props) {
  const id = useId();
  const { refused } = useForm();
  const refusal = refused?.errors[plainName(name)];
  const wrong = error ?? refusal;
  const described = [hint !== undefined && `${id}-hint`, wrong !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(" ");
  const reading: FieldReading = {
    id,
    name,
    typed: refused?.typed.filter(([typedName]) => typedName === name).map(([, value]) => value),
    described: described === "" ? undefined : described,
    invalid: wrong !== undefined,
    refused: refusal !== undefined,
  };
  return (
    <div className={clsx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className={clsx("text-sm font-medium", bare && "sr-only")}>
        {label}
        {optional && <span className="font-normal text-ink-3"> (optional)</span>}
      </label>
      <FieldContext value={reading}>{children}</FieldContext>
      {wrong !== undefined && (
        <p id={`${id}-error`} className="flex gap-1.5 text-sm text-closed">
          <span aria-hidden="true">▲</span>
          {wrong}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-ink-2">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What a control inside a `Field` takes from it; its own props win. Without a field: nothing. */
export function useField() {
  const field = useContext(FieldContext);
  return {
    attributes: field
      ? {
          id: field.id,
          name: field.name,
          "aria-describedby": field.described,
          "aria-invalid": field.invalid || undefined,
          autoFocus: field.refused || undefined,
        }
      : {},
    typed: field?.typed?.at(-1),
    typedAll: field?.typed,
  };
}

const plainName = (name: string): string => name.replace(/(\[\])?(:\w+)?\??$/, "");
