import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { apiOf, type At } from "./hrefs.ts";
import { setBatch } from "./suggestion-batch.ts";

interface Props {
  readonly at: At;
  readonly number: number;
  readonly head: string;
  /** The comments that suggest. */
  readonly batch: readonly number[];
}

/** The gathered suggestions, at the foot of the screen: applied together, in one commit. */
export default function BatchBar({ at, number, head, batch }: Props) {
  const words = batch.length === 1 ? "1 suggestion" : `${batch.length} suggestions`;
  return (
    <section
      aria-label="Suggestions to apply"
      className="popup fixed bottom-3 left-1/2 z-30 w-[36rem] max-w-[calc(100vw-1.5rem)] -translate-x-1/2 p-2"
    >
      <ActionForm
        id="batch"
        action={`POST ${apiOf(at)}/pulls/${number}/suggestions`}
        values={{ comment_ids: batch, expected_head_sha: head }}
        onDone={() => setBatch(number, [])}
        className="flex flex-wrap items-center gap-2"
      >
        <Field name="message" label="Commit message" bare className="min-w-40 grow">
          <Input small placeholder="Apply suggestions from review" dir="auto" />
        </Field>
        <Submit size="sm">Apply {words}</Submit>
        <Button size="sm" variant="ghost" onClick={() => setBatch(number, [])}>
          Let go
        </Button>
        <div className="w-full empty:hidden">
          <FormRefusal />
        </div>
      </ActionForm>
    </section>
  );
}
