/**
 * The small process that starts git for the server. A process is started by copying the page tables of the one that asks, and
 * those of a server with hundreds of megabytes take tens of milliseconds, in which it does nothing else; this program has
 * little to copy. It is JavaScript because reading TypeScript would cost more memory than all of it.
 *
 * `node launcher.mjs SOCKET`. Each connection begins with one line of JSON. The first one (`{"environment":{…}}`) stays open and
 * carries what becomes of the others, one line each; when it ends, so does the launcher. `{"id":1,"cwd":"…","args":[…],"env":{…}}`
 * becomes the standard output of a git process, and with `"input":true` a second connection (`{"inputOf":1}`) its standard input:
 * one for both would break when git ends before it has read everything, and take the rest of the answer with it.
 * With `"lent":true` what git says goes to the connection of a client, which comes over the channel to the server
 * (`{"outputOf":1}`), the only way from process to process for a connection that is there already.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";

/** Bytes of what git complains about that are worth keeping. */
const mostComplaint = 16_384;

let environment = {};
let tell = () => {};

// A client that left meanwhile has no connection any more.
process.on("message", ({ outputOf }, lent) => join(outputOf, { lent: lent ?? null }));
process.channel?.unref();

const server = createServer({ allowHalfOpen: true }, (socket) => {
  let head = Buffer.alloc(0);
  socket.on("error", () => undefined);
  const read = (chunk) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(10);
    if (end < 0) return;
    socket.off("data", read);
    socket.pause();
    const message = JSON.parse(head.toString("utf8", 0, end));
    if (message.environment) control(socket, message.environment);
    else if (message.inputOf !== undefined) join(message.inputOf, { input: socket });
    else join(message.id, { output: socket, work: message });
  };
  socket.on("data", read);
});
server.listen(process.argv[2]);

// A server that ends before it has connected is known by its channel alone.
process.on("disconnect", leave);
if (!process.connected) leave();

function leave() {
  rmSync(dirname(process.argv[2]), { recursive: true, force: true });
  process.exit(0);
}

function control(socket, base) {
  environment = base;
  tell = (news) => socket.write(`${JSON.stringify(news)}\n`);
  socket.on("close", leave);
  socket.on("end", leave);
  socket.resume();
  tell({ ready: true });
}

/** Connections that wait for the other one of their process. */
const waiting = new Map();

function join(id, half) {
  const whole = { ...waiting.get(id), ...half };
  waiting.delete(id);
  const { work } = whole;
  if (work && (whole.input || !work.input) && (whole.lent !== undefined || !work.lent)) start(whole);
  else waiting.set(id, whole);
}

// Of a standard output Node makes one that blocks, for all who have the connection, and then the server would be held up by
// a client: what is lent comes in as a fourth file.
const ontoLent = ["-c", 'exec git "$@" >&3 3>&-', "git"];

function start({ work, input, output, lent }) {
  const { id, cwd, args, env } = work;
  let child;
  try {
    if (work.lent && !lent) throw new Error("the client went away");
    child = spawn(lent ? "sh" : "git", lent ? [...ontoLent, ...args] : args, {
      cwd,
      env: { ...environment, ...env },
      stdio: [input ?? "ignore", output, "pipe", ...(lent ? [lent] : [])],
    });
  } catch (error) {
    tell({ id, error: String(error.message), code: error.code ?? null });
    return;
  } finally {
    // Git has the connections now; ours would keep them open after git has ended.
    input?.destroy();
    output.destroy();
    lent?.close();
  }
  let failed = false;
  let complaint = "";
  child.on("error", (error) => {
    failed = true;
    tell({ id, error: String(error.message), code: error.code ?? null });
  });
  if (child.pid !== undefined) tell({ id, pid: child.pid });
  child.stderr.on("data", (chunk) => {
    if (complaint.length < mostComplaint) complaint += chunk.toString("utf8");
  });
  child.on("close", (status, signal) => {
    if (!failed) tell({ id, status, signal, complaint });
  });
}

// Whoever stops the server's group of processes wants it to end its work first; it then closes the connection.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
