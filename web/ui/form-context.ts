import { createContext, useContext } from "react";

/** A form that was refused: what was typed and what was wrong with it. */
export interface FormState {
  /** Which form of the page: its `id`, or else its operation. */
  readonly form: string;
  /** Every field that was sent, except secrets. */
  readonly typed: readonly (readonly [name: string, value: string])[];
  /** The sentence for the whole form. */
  readonly message: string;
  /** The sentence for each wrong field, by the name the API gives it. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What the fields of a form read from it. */
export interface FormReading {
  readonly refused: FormState | undefined;
  readonly pending: boolean;
}

export const FormContext = createContext<FormReading>({ refused: undefined, pending: false });

export const useForm = (): FormReading => useContext(FormContext);
