/** `POST objects/batch`: which objects the repository holds, and where to bring or fetch them. */
import { z } from "zod";
import { conflict, Refusal, unprocessable } from "../../../kernel/errors.ts";
import { tooLarge } from "../commands/objects.ts";
import { passHeader, passSeconds } from "../passes.ts";
import { proposedSizesOf, sizesOf } from "../queries.ts";
import { lfsUrl } from "../ssh.ts";
import {
  lfsAnswer,
  purposeOf,
  purposeParameter,
  pushedRef,
  readBody,
  requireUploader,
  type Visit,
} from "./visits.ts";

/** What a client asks about at once: as many as the real client does unless told otherwise. */
const most = 100;

const requestShape = z.object({
  operation: z.enum(["upload", "download"]),
  transfers: z.array(z.string()).nullish(),
  hash_algo: z.string().nullish(),
  ref: pushedRef,
  objects: z.array(z.object({ oid: z.string().max(200), size: z.number() })),
});

type Action = { href: string; header: Record<string, string>; expires_in: number };

interface Answered {
  readonly oid: string;
  readonly size: number;
  readonly authenticated?: true;
  readonly actions?: Readonly<Record<string, Action>>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** The shape of an object's id. */
export const isOid = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

export async function answerBatch(visit: Visit): Promise<Response> {
  const { ctx, repo } = visit;
  const { operation, transfers, hash_algo, objects, ref } = await readBody(visit, requestShape);
  const upload = operation === "upload" ? await requireUploader(visit, purposeOf(ref?.name)) : null;
  if (objects.length > most) throw new Refusal("too_large", `Ask for at most ${most} objects at once`);
  if (hash_algo && hash_algo !== "sha256") throw conflict("Objects are named by their SHA-256 here");
  if (transfers && transfers.length > 0 && !transfers.includes("basic"))
    throw unprocessable("This server knows the transfer basic");
  const oids = objects.map(({ oid }) => oid);
  const waiting =
    upload?.kind === "wait" ? await proposedSizesOf(ctx, repo, upload.me.user.id, oids) : new Map();
  const held = new Map([...waiting, ...(await sizesOf(ctx, repo, oids))]);
  const base = lfsUrl(ctx, repo);
  const header = passHeader(ctx, repo, operation);
  const action = (href: string): Action => ({ href, header, expires_in: passSeconds });
  const answer = ({ oid, size }: { oid: string; size: number }): Answered => {
    const refuse = (code: number, message: string): Answered => ({ oid, size, error: { code, message } });
    if (!isOid(oid)) return refuse(422, "An oid is 64 lower-case hexadecimal digits");
    if (!Number.isSafeInteger(size) || size < 0) return refuse(422, "A size is a number of bytes");
    const here = held.get(oid);
    const href = `${base}/objects/${oid}`;
    if (operation === "download") {
      if (here === undefined) return refuse(404, "This repository does not hold the object");
      return { oid, size: here, authenticated: true, actions: { download: action(href) } };
    }
    if (here !== undefined)
      return here === size ? { oid, size } : refuse(422, `This object has ${here} bytes`);
    if (size > ctx.config.limits.lfsBytes) return refuse(422, tooLarge(ctx));
    const to =
      upload?.kind === "wait" ? ["&", "?"].map((sign) => sign + purposeParameter(upload.purpose)) : ["", ""];
    const actions = {
      upload: action(`${href}?size=${size}${to[0]}`),
      verify: action(`${base}/verify${to[1]}`),
    };
    return { oid, size, authenticated: true, actions };
  };
  return lfsAnswer({ transfer: "basic", objects: objects.map(answer), hash_algo: "sha256" });
}
