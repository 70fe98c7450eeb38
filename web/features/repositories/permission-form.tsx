import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Select } from "../../ui/input.tsx";

/** What people and teams may do in a repository: the API's word, the role it stands for, and ours. */
const levels = [
  { value: "pull", role: "read", label: "Read" },
  { value: "push", role: "write", label: "Write" },
  { value: "admin", role: "admin", label: "Administer" },
] as const;

export const permissionWord = (role: string): string =>
  levels.find((level) => level.role === role)?.label ?? role;

export const PermissionOptions = () =>
  levels.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));

interface Props {
  readonly action: string;
  readonly role: string;
  /** Read aloud: whose permission it is. */
  readonly label: string;
}

/** A choice that saves itself, and has a button where no JavaScript runs. */
export const PermissionForm = ({ action, role, label }: Props) => (
  <ActionForm action={action} className="flex items-center gap-2">
    <Select
      small
      name="permission"
      aria-label={label}
      defaultValue={levels.find((level) => level.role === role)?.value ?? "pull"}
      onChange={(event) => event.currentTarget.form?.requestSubmit()}
      className="!w-32"
    >
      <PermissionOptions />
    </Select>
    <Submit variant="secondary" size="sm" className="js:hidden">
      Save
    </Submit>
  </ActionForm>
);
