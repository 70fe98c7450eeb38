/** Answers `GET /<bytes>` with that many bytes. */
import { createServer } from "node:http";

const bodies = new Map<string, Buffer>();

createServer((request, response) => {
  const path = request.url ?? "/0";
  let body = bodies.get(path);
  if (!body) bodies.set(path, (body = Buffer.alloc(Number(path.slice(1)) || 0, "x")));
  response.writeHead(200, { "content-type": "text/html", "content-length": body.length });
  response.end(body);
}).listen(Number(process.argv[2]), "127.0.0.1");
