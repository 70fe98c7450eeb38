import { parentPort } from "node:worker_threads";

export type ToThread<Request> = { request: Request };
export type FromThread<Answer> = { ready: true } | { answer: Answer } | { failure: string };

/** Called once by the module of a thread: says that it is ready, then answers one request at a time. */
export function answerRequests<Request, Answer>(
  answer: (request: Request) => Promise<Answer> | Answer,
): void {
  const port = parentPort;
  if (!port) throw new Error("This module runs in a thread only.");
  const send = (message: FromThread<Answer>) => port.postMessage(message);
  port.on("message", async (message: ToThread<Request>) => {
    try {
      send({ answer: await answer(message.request) });
    } catch (error) {
      send({ failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    }
  });
  send({ ready: true });
}
