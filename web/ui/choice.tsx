import { clsx } from "clsx";
import { useId, type ComponentProps, type ReactNode } from "react";
import { useForm } from "./form-context.ts";

type Props = {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
} & Omit<ComponentProps<"input">, "type">;

/** A tick with its label. `name="draft:boolean"` sends `false` when it is not ticked; `name="labels[]"` sends `value`s. */
export const Checkbox = (props: Props) => <Choice {...props} type="checkbox" look="tick" />;

/** On or off at once; in a form it is sent as a boolean, like `Checkbox`. */
export const Switch = (props: Props) => <Choice {...props} type="checkbox" role="switch" look="switch" />;

/** One of several with the same `name`. */
export const Radio = (props: Props) => <Choice {...props} type="radio" look="tick" />;

function Choice({
  label,
  hint,
  look,
  type,
  className,
  defaultChecked,
  ...rest
}: Props & { readonly look: string; readonly type: "checkbox" | "radio" }) {
  const id = useId();
  const { refused } = useForm();
  const { name } = rest;
  const isBoolean = type === "checkbox" && name?.endsWith(":boolean") === true;
  const value = rest.value ?? (isBoolean ? "true" : undefined);
  const typed = name === undefined ? undefined : refused?.typed.filter(([typedName]) => typedName === name);
  const start =
    rest.checked === undefined
      ? { defaultChecked: typed ? typed.some(([, one]) => one === String(value ?? "on")) : defaultChecked }
      : {};
  return (
    <div className={clsx("flex items-start gap-2", className)}>
      {isBoolean && <input type="hidden" name={name} value="false" />}
      <input
        {...rest}
        {...start}
        type={type}
        value={value}
        id={id}
        className={clsx(look, "target")}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      <div className="min-w-0">
        <label htmlFor={id} className={clsx("block", rest.disabled && "text-ink-3")}>
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="text-sm text-ink-2">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

/** Choices that belong together, under a heading that is read with each. */
export function ChoiceGroup({
  legend,
  children,
}: {
  readonly legend: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {children}
    </fieldset>
  );
}
