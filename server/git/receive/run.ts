/**
 * The course of a push: names, quarantine, checks, the caller's rules, one reference transaction.
 *
 * Nothing of a push is visible before its references move, and nothing stays of one that is refused or breaks off.
 */
import { isInternalRef, isProposalRef, pushedRefProblem } from "../names.ts";
import { readObjectFormat } from "../object-format.ts";
import { PeerGone, type ByteReader } from "../protocol/bytes.ts";
import { readRefs } from "../ref-cache.ts";
import { refsBeyondLimit } from "../ref-limit.ts";
import { refFailure, type RefFailure } from "../ref-failures.ts";
import { updateRefs } from "../ref-updates.ts";
import { examine, walkAhead, type Findings } from "./connectivity.ts";
import { takePack } from "./pack.ts";
import { unpackFailure } from "./pack-refused.ts";
import {
  PushRefused,
  PushUndone,
  type PushCommand,
  type PushOutcome,
  type ReceiveLimits,
  type ReceiveRequest,
  type ReceiveResult,
} from "./push.ts";
import type { Quarantine } from "./quarantine.ts";
import type { MovedInstead, PushReport } from "./report.ts";
import type { PushHead, RequestedChange } from "./request.ts";

/** A push under way: `refused` grows, and what it names takes no further part. */
interface Course {
  readonly request: ReceiveRequest;
  readonly head: PushHead;
  readonly report: PushReport;
  readonly refused: Map<string, string>;
  /** What is asked for; a name that stands for another reference comes with where that one is. */
  changes: readonly RequestedChange[];
  /** What moved under another name. */
  readonly instead: Map<string, MovedInstead>;
  /** The walk over a small push, while git is still busy with its pack. */
  ahead: Promise<readonly string[] | null> | null;
  /** The objects on their way to the disk. */
  flushed: Promise<void>;
  error: unknown;
}

/** Runs a push to its verdict. `packTaken` is false when the client may still be sending. Throws PeerGone. */
export async function runPush(
  request: ReceiveRequest,
  head: PushHead,
  limits: ReceiveLimits,
  reader: ByteReader,
  report: PushReport,
): Promise<{ result: ReceiveResult; packTaken: boolean }> {
  const course: Course = {
    request,
    head,
    report,
    refused: new Map(),
    changes: head.changes,
    instead: new Map(),
    ahead: null,
    flushed: Promise.resolve(),
    error: null,
  };
  const hasPack = head.changes.some((change) => change.new !== null);
  let packTaken = !hasPack;
  let unpack = "ok";
  let quarantine: Quarantine | null = null;
  try {
    await refuseByName(course);
    if (hasPack && !abortedByOthers(course) && survivors(course).length > 0) {
      quarantine = await takePack(request.repository, reader, {
        format: await readObjectFormat(request.repository),
        maxBytes: limits.maxPackBytes,
        maxObjects: limits.maxObjects,
        onReceived: (pack) => {
          report.keepAlive();
          request.handlers.anticipate?.();
          course.ahead = pack && walkAhead(request.repository, pack, survivors(course), limits.maxFileBytes);
        },
        ...(request.signal ? { signal: request.signal } : {}),
      });
      packTaken = true;
      if (quarantine) {
        course.flushed = quarantine.flush();
        course.flushed.catch(() => undefined);
      }
    }
    report.keepAlive();
    await settle(course, quarantine, limits);
  } catch (error) {
    if (error instanceof PeerGone || request.signal?.aborted)
      throw new PeerGone("the client went away", { cause: error });
    unpack = unpackFailure(error);
    course.error = error;
    for (const { ref } of head.changes) course.refused.set(ref, "nothing was changed");
    report.say([`Refused: ${unpack}.`]);
  } finally {
    await quarantine?.remove();
  }
  const outcomes = head.changes.map(({ ref }) => ({
    ref,
    refused: course.refused.get(ref) ?? null,
    instead: course.instead.get(ref),
  }));
  return { result: { unpack, outcomes, agent: head.agent, error: course.error }, packTaken };
}

function survivors({ changes, refused }: Course): readonly RequestedChange[] {
  return changes.filter(({ ref }) => !refused.has(ref));
}

/** What can be refused without a single object: bad names, reserved names, and references that are elsewhere by now. */
async function refuseByName(course: Course): Promise<void> {
  const { request, head, refused } = course;
  const admitted = (await request.handlers.admit?.(head.changes, head.options)) ?? new Map<string, never>();
  const standing = new Map<string, string | null>();
  const snapshot = await readRefs(request.repository);
  const { refs } = snapshot;
  const beyond = refsBeyondLimit(snapshot, head.changes);
  for (const { ref, old, new: wanted } of head.changes) {
    const now = refs.get(ref)?.oid ?? null;
    const admission = admitted.get(ref);
    if (admission && "refused" in admission) {
      refused.set(ref, admission.refused);
      continue;
    }
    if (admission) standing.set(ref, admission.standsFor.old);
    // Deleting is the way to get rid of a name that would not be allowed today.
    const leaving = wanted === null && now !== null && !isInternalRef(ref);
    const problem = leaving ? null : pushedRefProblem(ref);
    if (problem !== null) refused.set(ref, problem);
    else if (old === null && wanted === null) refused.set(ref, "it does not exist");
    else if (now !== old) refused.set(ref, refFailure(old === null ? "exists" : "stale").message);
    else if (isProposalRef(ref) && !leaving && !admission) refused.set(ref, nothingToPropose);
    else if (beyond.has(ref)) refused.set(ref, refFailure("too-many").message);
  }
  course.changes = head.changes.map((change) => {
    const old = standing.get(change.ref);
    return old === undefined ? change : { ...change, old };
  });
}

const nothingToPropose = "there is no repository yet that could be asked to take it";

async function settle(course: Course, quarantine: Quarantine | null, limits: ReceiveLimits): Promise<void> {
  const { request, head, refused, report } = course;
  const env = quarantine?.env ?? {};
  if (!quarantine) request.handlers.anticipate?.();
  const found = await examine(request.repository, env, survivors(course), {
    maxFileBytes: limits.maxFileBytes,
    ahead: course.ahead,
    ...(request.signal ? { signal: request.signal } : {}),
  });
  for (const ref of found.incomplete) refused.set(ref, "the push lacks objects it needs");
  const commands = survivors(course).map((change) => describe(change, found));
  if (commands.length === 0 || abortedByOthers(course)) return;
  const decision = await request.handlers.authorize({
    commands,
    options: head.options,
    atomic: head.atomic,
    agent: head.agent,
    env,
  });
  if (decision !== "ok") {
    const sentences =
      "refused" in decision
        ? new Map(commands.map(({ ref }) => [ref, decision.refused]))
        : decision.refusedRefs;
    for (const [ref, sentence] of sentences) refused.set(ref, sentence);
    report.say([...new Set(sentences.values())]);
  }
  const allowed = commands.filter(({ ref }) => !refused.has(ref));
  if (allowed.length > 0 && !abortedByOthers(course)) await move(course, quarantine, allowed);
}

/** An atomic push with one refused reference refuses all. */
function abortedByOthers(course: Course): boolean {
  if (!course.head.atomic || course.refused.size === 0) return false;
  for (const { ref } of survivors(course)) course.refused.set(ref, refFailure("aborted").message);
  return true;
}

function describe(change: RequestedChange, { forced, brought }: Findings): PushCommand {
  const kind = change.old === null ? "create" : change.new === null ? "delete" : "update";
  return { ...change, kind, isForce: forced.has(change.ref), brought: brought.get(change.ref) ?? null };
}

// The walk tells the commits of a reference that simply goes on.
const walked = (command: PushCommand) => ({ ...command, isWalked: command.brought !== null });

/** From here on the push is ours: a client that leaves now does not stop it. */
async function move(
  course: Course,
  quarantine: Quarantine | null,
  commands: readonly PushCommand[],
): Promise<void> {
  const { request, head, refused, report } = course;
  if (request.signal?.aborted) throw new PeerGone("the client went away");
  await course.flushed;
  let names: ReadonlyMap<string, string>;
  try {
    names = (await request.handlers.beforeRefs?.(commands)) ?? new Map();
  } catch (error) {
    if (!(error instanceof PushRefused)) throw error;
    for (const { ref } of commands) refused.set(ref, error.message);
    return report.say([error.message]);
  }
  let failures = new Map<string, RefFailure | null>();
  try {
    await quarantine?.migrate();
    // It is empty now: nobody has to wait for that.
    quarantine?.remove().catch(() => undefined);
    const moves = commands.map((one) => ({ ...walked(one), ref: names.get(one.ref) ?? one.ref }));
    const results = await updateRefs(request.repository, moves, {
      identity: request.identity,
      reason: "push",
      atomic: head.atomic,
    });
    failures = new Map(commands.map(({ ref }, index) => [ref, results[index]?.failure ?? null]));
    course.error ??= results.find(({ failure }) => failure?.kind === "failed")?.failure ?? null;
  } catch (error) {
    course.error = error;
    failures = new Map(commands.map(({ ref }) => [ref, refFailure("failed")]));
  }
  const outcomes: PushOutcome[] = commands.map((command) => ({
    ...command,
    failure: failures.get(command.ref) ?? null,
  }));
  for (const outcome of outcomes) {
    const name = names.get(outcome.ref);
    if (outcome.failure) refused.set(outcome.ref, outcome.failure.message);
    else if (name !== undefined) course.instead.set(outcome.ref, { ...outcome, ref: name });
  }
  try {
    report.say((await request.handlers.onUpdated?.(outcomes)) ?? []);
  } catch (error) {
    course.error = error;
    if (error instanceof PushUndone) {
      for (const { ref } of commands) refused.set(ref, error.message);
      return;
    }
    // The references have moved, so the truth is that the push succeeded.
    report.say(["The push is stored; what depends on it will follow a little later."]);
  }
}
