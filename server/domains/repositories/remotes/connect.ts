/** A repository elsewhere, reached by the guarded way out. */
import type { Remote } from "../../../git/remotes/remote.ts";
import { RemoteFailure } from "../../../git/remotes/remote-failure.ts";
import type { Context } from "../../../kernel/context.ts";
import { EgressError } from "../../../kernel/egress/index.ts";
import type { RemoteAddress } from "./address.ts";

/** All that one run may bring in is what one push may. */
export function connectRemote(
  ctx: Context,
  { url, credentials }: RemoteAddress,
  signal: AbortSignal,
): Remote {
  return {
    url,
    credentials,
    signal,
    maxBytes: ctx.config.limits.packBytes,
    came: { bytes: 0 },
    open: async (target, request) => {
      try {
        return await ctx.egress.request(target, request);
      } catch (error) {
        throw error instanceof EgressError ? remoteFailure(error) : error;
      }
    },
  };
}

const kinds = {
  refused: "refused",
  "not-found": "unreachable",
  unreachable: "unreachable",
  certificate: "refused",
  silent: "silent",
  stopped: "cancelled",
} as const;

const remoteFailure = (error: EgressError) =>
  new RemoteFailure(
    kinds[error.kind],
    error.message,
    error.cause instanceof Error ? error.cause.message : "",
  );

/** What failed as a sentence for people, and as a word. What is no fault of the other side goes to the log whole. */
export function failureTold(
  ctx: Context,
  error: unknown,
  about: Readonly<Record<string, unknown>>,
): { readonly kind: RemoteFailure["kind"]; readonly sentence: string } {
  if (error instanceof RemoteFailure) {
    ctx.log.info({ ...about, kind: error.kind, detail: error.detail }, error.message);
    return { kind: error.kind, sentence: error.message };
  }
  ctx.log.error({ ...about, error: String(error) }, "work with a repository elsewhere failed");
  return { kind: "ours", sentence: "This server failed; its administrators find the reason in the log" };
}
