/** What answers before the application does. */
import { createServer, type RequestListener, type ServerOptions } from "node:http";
import type { Front } from "./domain.ts";

/** Makes an HTTP server whose application stands behind fronts, which are asked in their order. */
export function serverBehind(fronts: () => readonly Front[]): typeof createServer {
  const make = (options: ServerOptions, application: RequestListener) =>
    createServer(options, (request, response) => {
      const ask = (index: number): void => {
        const front = fronts()[index];
        if (front) front(request, response, () => ask(index + 1));
        else application(request, response);
      };
      ask(0);
    });
  return make as typeof createServer;
}
