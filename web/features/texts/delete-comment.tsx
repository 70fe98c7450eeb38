import { ActionButton } from "../../app/action-form.tsx";
import { useSend } from "../../app/send.ts";
import type { ButtonProps } from "../../ui/button.tsx";
import { toast } from "../../ui/toast.ts";

/** Deletes a comment, and for ten seconds offers to bring it back. `place` is the comment's address in the API. */
export function DeleteComment({
  place,
  ...button
}: { readonly place: string } & Omit<ButtonProps, "action">) {
  const send = useSend();
  return (
    <ActionButton
      variant="danger"
      {...button}
      action={`DELETE ${place}`}
      onDone={() =>
        toast({
          title: "The comment is deleted",
          undo: async () => void (await send(`PUT ${place}/restoration`)),
        })
      }
    >
      {button.children ?? "Delete"}
    </ActionButton>
  );
}
