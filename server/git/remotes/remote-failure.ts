/** Why work with a repository elsewhere failed. The message is a sentence for people; `detail` is for the log alone. */
export class RemoteFailure extends Error {
  override readonly name = "RemoteFailure";
  readonly kind:
    /** The other side wants to know who asks, or does not let them in. */
    | "credentials"
    | "not-found"
    /** We do not connect there, or do not follow. */
    | "refused"
    | "unreachable"
    /** Larger than allowed. */
    | "too-large"
    | "silent"
    /** What came is damaged, malicious or no git. */
    | "broken"
    /** The other side did not take what was pushed. */
    | "rejected"
    | "deadline"
    | "cancelled"
    /** We failed: a full disk, too many at once. */
    | "ours";
  readonly detail: string;

  constructor(kind: RemoteFailure["kind"], message: string, detail = "") {
    super(message);
    this.kind = kind;
    this.detail = detail;
  }
}

/** What git's complaint means. Nothing that the other side wrote gets into the sentence but names that git has checked. */
export function failureOf(stderr: string): RemoteFailure {
  const detail = stderr.slice(-2000);
  const flaw = /^error: object ([0-9a-f]{40,64}): (\w+): /m.exec(stderr);
  if (flaw)
    return new RemoteFailure("broken", `The object ${flaw[1]} there is not acceptable (${flaw[2]})`, detail);
  if (/No space left|Disk quota/.test(stderr))
    return new RemoteFailure("ours", "The disk of this server is full", detail);
  if (/not our ref|unadvertised object|did not send all necessary objects/.test(stderr))
    return new RemoteFailure("broken", "The repository there changed while it was read", detail);
  if (/over limit|[Oo]ut of memory/.test(stderr))
    return new RemoteFailure("too-large", "An object there is larger than this server takes", detail);
  if (/mismatched algorithms|object format/.test(stderr))
    return new RemoteFailure("broken", "The repository there names its objects by another hash", detail);
  return new RemoteFailure("broken", "What the other server sent could not be read to its end", detail);
}
