import { threadId } from "node:worker_threads";
import { answerRequests } from "./answer-requests.ts";

export type Order = { echo: string } | { throw: string } | "spin" | "exit" | "hoard";

answerRequests((order: Order) => {
  if (order === "exit") process.exit(3);
  if (order === "hoard") return hoard();
  if (order === "spin") for (;;);
  if ("throw" in order) throw new RangeError(order.throw);
  return `${order.echo} from ${threadId}`;
});

function hoard(): string {
  const kept: string[][] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => `${index}`));
}
