import type { ReactNode } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input, Select } from "../../ui/input.tsx";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  /** All that can be chosen; undefined when they are too many for a list, and a name is typed instead. */
  readonly choices: readonly string[] | undefined;
  /** The act for one of them. */
  readonly actionFor: (name: string) => string;
  /** In the address: the name that was typed. */
  readonly parameter: string;
  readonly search: URLSearchParams;
  /** The page without it. */
  readonly here: string;
  /** Further fields of the act. */
  readonly children?: ReactNode;
}

const line = "flex flex-wrap items-end gap-2";

/** Chooses one thing and acts on it: from a list, or by its name in two steps. Works without JavaScript. */
export function Choose({
  id,
  label,
  placeholder,
  choices,
  actionFor,
  parameter,
  search,
  here,
  children,
}: Props) {
  const typed = search.get(parameter)?.trim() ?? "";
  if (choices?.length === 0) return null;
  if (choices === undefined && typed === "") {
    return (
      <form method="get" className={line}>
        <Field name={parameter} label={label} className="grow">
          <Input
            required
            placeholder={placeholder}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Field>
        <Button type="submit">Next</Button>
      </form>
    );
  }
  return (
    <ActionForm
      action={actionFor(choices?.[0] ?? typed)}
      id={id}
      redirect={typed === "" ? undefined : here}
      className={line}
    >
      {choices === undefined ? (
        <p className="grow self-center text-sm font-medium">{typed}</p>
      ) : (
        // The last of the named acts counts: the one that is chosen.
        <Field name="_action" label={label} className="grow basis-40">
          <Select>
            {choices.map((name) => (
              <option key={name} value={actionFor(name)}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {children}
      <Submit variant="secondary">Add</Submit>
      {typed !== "" && (
        <Button variant="ghost" href={here}>
          Cancel
        </Button>
      )}
      <div className="basis-full empty:hidden">
        <FormRefusal />
      </div>
    </ActionForm>
  );
}
