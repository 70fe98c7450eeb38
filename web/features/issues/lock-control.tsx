import { Lock, LockOpen } from "lucide-react";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/input.tsx";

/** Locks the conversation of an issue or opens it again. */
export function LockControl({
  locked,
  operations,
}: {
  readonly locked: boolean;
  readonly operations: string;
}) {
  if (locked) {
    return (
      <div className="flex flex-col items-start gap-2">
        <p className="text-ink-2">Only people with write access can comment.</p>
        <ActionButton action={`DELETE ${operations}/lock`} size="sm" icon={<LockOpen aria-hidden="true" />}>
          Unlock
        </ActionButton>
      </div>
    );
  }
  return (
    <details>
      <summary className="inline-flex items-center gap-1.5 rounded-sm text-ink-2 hover:text-ink">
        <Lock aria-hidden="true" className="size-3.5" /> Lock the conversation
      </summary>
      <ActionForm action={`PUT ${operations}/lock`} className="mt-2 flex flex-col gap-2">
        <p className="text-ink-2">Then only people with write access can comment.</p>
        <Field name="lock_reason?" label="Reason" bare>
          <Select small defaultValue="">
            <option value="">Without a reason</option>
            <option value="resolved">Resolved</option>
            <option value="off-topic">Off-topic</option>
            <option value="too heated">Too heated</option>
            <option value="spam">Spam</option>
          </Select>
        </Field>
        <span>
          <Submit variant="secondary" size="sm">
            Lock
          </Submit>
        </span>
      </ActionForm>
    </details>
  );
}
