import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { toast } from "../ui/toast.ts";
import { parseAction } from "./actions.ts";
import type { Json } from "./form-body.ts";
import { useApi } from "./api-context.ts";
import { ApiError, type ApiAnswer } from "./api.ts";
import { touches, type ApiQuery } from "./query.ts";

interface How<T> {
  /** Shows the result at once where it is certain; taken back when the server refuses. */
  readonly optimistic?: { readonly query: ApiQuery<T>; readonly change: (before: T) => T } | undefined;
  /** Reads that this changes, as beginnings of API paths. All of them when not said. */
  readonly touches?: readonly string[] | undefined;
  /** Said when it is done, with a way back for ten seconds. */
  readonly said?: string | undefined;
  readonly undo?: (() => void | Promise<void>) | undefined;
}

/**
 * Does something through the API from a button: `send("PUT /user/starred/alice/demo")`. Resolves to the answer, or to undefined
 * when it was refused, which a toast has then said.
 */
export function useSend(): <T = unknown>(
  action: string,
  body?: { readonly [name: string]: Json },
  how?: How<T>,
) => Promise<ApiAnswer<unknown> | undefined> {
  const api = useApi();
  const client = useQueryClient();
  return useCallback(
    async (action, body, how = {}) => {
      const { method, path } = parseAction(action);
      const key = how.optimistic?.query.queryKey as readonly unknown[] | undefined;
      const before = key === undefined ? undefined : client.getQueryData(key);
      if (key && how.optimistic && before !== undefined) {
        await client.cancelQueries({ queryKey: key });
        client.setQueryData(key, how.optimistic.change(before as never));
      }
      try {
        const answer = await api.send(method, path, {
          body,
          idempotencyKey: method === "POST" ? crypto.randomUUID() : undefined,
        });
        if (how.said !== undefined) toast({ title: how.said, undo: how.undo });
        void client.invalidateQueries({ predicate: touches(how.touches) });
        return answer;
      } catch (error) {
        if (key && before !== undefined) client.setQueryData(key, before);
        if (!(error instanceof ApiError)) throw error;
        toast({
          title: error.message,
          description: error.errors.map((one) => one.message).join(" ") || undefined,
          tone: "danger",
        });
        return undefined;
      }
    },
    [api, client],
  );
}
