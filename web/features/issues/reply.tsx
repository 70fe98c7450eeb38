import { CircleCheck, CircleDot, CircleSlash, Lock } from "lucide-react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import { MarkdownField } from "../../app/markdown-field.tsx";
import { useSend } from "../../app/send.ts";
import { signInHref } from "../../app/site.ts";
import { Button } from "../../ui/button.tsx";
import { FormRefusal, Notice } from "../../ui/form.tsx";
import { toast } from "../../ui/toast.ts";
import type { IssuePageData } from "./at.ts";
import { useDraft } from "./draft.ts";

interface Props {
  readonly data: IssuePageData;
  readonly context: string;
  /** The address of the page. */
  readonly here: string;
  /** The issue's operations: `/repos/alice/demo/issues/1`. */
  readonly operations: string;
}

/** The end of a conversation: a comment, closing and reopening; or the sentence why not. */
export function Reply({ data, context, here, operations }: Props) {
  const { viewer } = useFrame();
  const { around, forget } = useDraft(here);
  const { comment, close } = data.can;
  if (!viewer) {
    return (
      <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-sunken px-4 py-3 text-sm">
        <span className="mr-auto text-ink-2">To say something, sign in.</span>
        <Button variant="primary" href={signInHref(here)}>
          Sign in
        </Button>
      </div>
    );
  }
  return (
    <div ref={around} data-reply="" className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 gap-y-3">
      {comment === true ? (
        <ActionForm
          action={`POST ${operations}/comments`}
          id="reply"
          className="contents"
          onDone={() => forget()}
        >
          <div className="col-span-2 rounded-lg border border-line bg-surface px-3 pt-1 pb-3">
            <MarkdownField
              name="body"
              label="Comment"
              bare
              context={context}
              rows={4}
              placeholder="Say something, in Markdown"
            />
          </div>
          <div className="col-span-2 empty:hidden">
            <FormRefusal />
          </div>
          <Submit>Comment</Submit>
        </ActionForm>
      ) : (
        <div className="col-span-2">
          <Notice tone="info">
            {data.issue.locked && <Lock aria-hidden="true" className="mr-1.5 inline size-3.5" />}
            {comment}.
          </Notice>
        </div>
      )}
      {close === true && <StateActs data={data} operations={operations} />}
    </div>
  );
}

function StateActs({ data: { issue }, operations }: Pick<Props, "data" | "operations">) {
  const send = useSend();
  const action = `PATCH ${operations}`;
  if (issue.state === "closed") {
    return (
      <ActionForm action={action} values={{ state: "open" }} className="col-start-2 flex justify-end">
        <Submit variant="secondary" icon={<CircleDot aria-hidden="true" className="text-open" />}>
          Reopen issue
        </Submit>
      </ActionForm>
    );
  }
  const closed = () =>
    toast({
      title: `Closed #${issue.number}`,
      undo: async () => void (await send(action, { state: "open" })),
    });
  return (
    <ActionForm
      action={action}
      values={{ state: "closed" }}
      onDone={closed}
      className="col-span-2 flex flex-wrap justify-end gap-2 sm:col-span-1 sm:col-start-2"
    >
      <Submit
        variant="ghost"
        name="state_reason"
        value="not_planned"
        icon={<CircleSlash aria-hidden="true" />}
        pending={false}
      >
        Close as not planned
      </Submit>
      <Submit
        variant="secondary"
        name="state_reason"
        value="completed"
        icon={<CircleCheck aria-hidden="true" className="text-merged" />}
        pending={false}
      >
        Close issue
      </Submit>
    </ActionForm>
  );
}
