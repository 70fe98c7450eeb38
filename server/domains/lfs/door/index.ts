/** Git LFS over HTTP (git-lfs/docs/api): `/{owner}/{repo}.git/info/lfs/…`. */
import type { DoorServer } from "../../../domain.ts";
import { notFound } from "../../../kernel/errors.ts";
import { answerBatch } from "./batch.ts";
import { answerLock, answerLocks, answerUnlock, answerVerifyLocks } from "./locks.ts";
import { answerDownload, answerUpload, answerVerify } from "./objects.ts";
import { answering, type Visit } from "./visits.ts";

const base = "/:owner/:repo{[A-Za-z0-9._-]+\\.git}/info/lfs";

/** Mounts the addresses that `git lfs` asks. */
export function mountLfs(server: DoorServer): void {
  const { app } = server;
  const serve = (answer: (visit: Visit) => Promise<Response>) => answering(server, answer);
  app.post(`${base}/objects/batch`, serve(answerBatch));
  app.put(`${base}/objects/:oid`, serve(answerUpload));
  app.get(`${base}/objects/:oid`, serve(answerDownload));
  app.post(`${base}/verify`, serve(answerVerify));
  app.post(`${base}/locks`, serve(answerLock));
  app.get(`${base}/locks`, serve(answerLocks));
  app.post(`${base}/locks/verify`, serve(answerVerifyLocks));
  app.post(`${base}/locks/:id/unlock`, serve(answerUnlock));
  const nowhere = serve(() => Promise.reject(notFound("Git LFS has no such address")));
  app.all(`${base}/*`, nowhere);
}
