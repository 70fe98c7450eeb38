import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import {
  useEffect,
  useId,
  useRef,
  useState,
  type ComponentProps,
  type FormEvent,
  type ReactNode,
} from "react";
import { Button, type ButtonProps } from "../ui/button.tsx";
import { FormContext, useForm, type FormState } from "../ui/form-context.ts";
import { parseAction } from "./actions.ts";
import { decodeForm, encodeForm, fieldNames, redirectTarget, type Json } from "./form-body.ts";
import { useApi } from "./api-context.ts";
import { ApiError } from "./api.ts";
import { formState } from "./form-state.ts";
import { visit } from "./navigation.ts";
import { sentEvent } from "./draft.ts";
import { usePage } from "./page-context.ts";

interface Props extends Omit<ComponentProps<"form">, "action" | "method" | "onSubmit" | "ref"> {
  /** The operation: `POST /repos/alice/demo/labels`. Encode what you put into the path. */
  readonly action: string;
  /** Where to go afterwards; `{number}` stands for a value of the answer. This page when not said. */
  readonly redirect?: string | undefined;
  /** Fields that are not shown. */
  readonly values?: { readonly [name: string]: Json | undefined } | undefined;
  /** Tells forms of one page with the same action apart. */
  readonly id?: string | undefined;
  /** Load the next page anew, as after signing in: who looks has changed. */
  readonly reload?: boolean | undefined;
  /** After success in the browser, before leaving. Return false to stay. */
  readonly onDone?: ((answer: unknown) => boolean | void) | undefined;
  readonly children: ReactNode;
}

/**
 * A form that is one API operation. Without JavaScript it posts to its page and the server does the rest; hydrated, the browser
 * sends the same body itself. Either way a refusal keeps what was typed and names the wrong fields.
 */
export function ActionForm({ action, redirect, values, id, reload, onDone, children, ...rest }: Props) {
  const api = useApi();
  const router = useRouter();
  const client = useQueryClient();
  const page = usePage();
  const key = useId();
  const name = id ?? action;
  const [refused, setRefused] = useState<FormState | undefined>(
    page.form?.form === name ? page.form : undefined,
  );
  const [pending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const shown = useRef(refused);
  const attempt = useRef<{ readonly text: string; readonly key: string }>(undefined);

  // A refusal leads to the first wrong field; the one that came with the page did so by itself.
  useEffect(() => {
    if (refused !== shown.current) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    shown.current = refused;
  }, [refused]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (pending) return;
    const fields = fieldsOf(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    const { method, path } = parseAction(submittedAction(fields) ?? action);
    const body = decodeForm(fields);
    const text = JSON.stringify(body);
    // Trying the same again after a lost answer is the same act.
    if (attempt.current?.text !== text) attempt.current = { text, key: crypto.randomUUID() };
    setPending(true);
    try {
      const answer = await api.send(method, path, {
        body: text === "{}" ? undefined : body,
        idempotencyKey: method === "POST" ? attempt.current.key : undefined,
      });
      attempt.current = undefined;
      setRefused(undefined);
      form.current?.dispatchEvent(new Event(sentEvent));
      if (onDone?.(answer.data) === false) {
        await client.invalidateQueries();
        return;
      }
      const here = location.pathname + location.search;
      const target = redirectTarget(redirect, answer.data, here);
      if (reload) {
        location.assign(target);
        return;
      }
      if (target === here) {
        // Fields then fall back to what is true now.
        await client.invalidateQueries();
        form.current?.reset();
      } else {
        await client.invalidateQueries({ refetchType: "none" });
        const arrived = router.subscribe("onResolved", () => {
          arrived();
          // The next page reads anew what it shows; what frames both pages stays, with numbers from before.
          void client.refetchQueries({ type: "active", predicate: ({ state }) => state.isInvalidated });
        });
        visit(router, target);
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setRefused(formState(name, fields, error));
    } finally {
      setPending(false);
    }
  };

  return (
    <form
      {...rest}
      ref={form}
      method="post"
      onSubmit={(event) => void submit(event)}
      aria-busy={pending || undefined}
    >
      <input type="hidden" name={fieldNames.action} value={action} />
      {redirect !== undefined && <input type="hidden" name={fieldNames.redirect} value={redirect} />}
      {id !== undefined && <input type="hidden" name={fieldNames.form} value={id} />}
      <input type="hidden" name={fieldNames.key} value={`${page.drawing}${key}`} />
      {encodeForm(values ?? {}).map(([field, value]) => (
        <input key={field + value} type="hidden" name={field} value={value} />
      ))}
      <FormContext value={{ refused, pending }}>{children}</FormContext>
    </form>
  );
}

/** The button that sends its form. With `name` and `value` it adds a field, such as which of two acts was meant. */
export function Submit({ variant = "primary", pending, ...rest }: ButtonProps) {
  const form = useForm();
  return <Button {...rest} type="submit" variant={variant} pending={pending ?? form.pending} />;
}

type ActionButtonProps = Pick<Props, "action" | "redirect" | "values" | "reload" | "onDone"> &
  Omit<ButtonProps, "action">;

/** A button that is a whole form: star, watch, close. Works without JavaScript. */
export function ActionButton({ action, redirect, values, reload, onDone, ...button }: ActionButtonProps) {
  return (
    <ActionForm
      action={action}
      redirect={redirect}
      values={values}
      reload={reload}
      onDone={onDone}
      className="contents"
    >
      <Submit variant="secondary" {...button} />
    </ActionForm>
  );
}

const submittedAction = (fields: readonly (readonly [string, string])[]): string | undefined =>
  fields.findLast(([field]) => field === fieldNames.action)?.[1];

function fieldsOf(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
): readonly (readonly [string, string])[] {
  return [...new FormData(form, submitter)].flatMap(([field, value]) =>
    typeof value === "string" ? [[field, value] as const] : [],
  );
}
