/** Git over SSH: `ssh://git@host:port/owner/repo.git`, public keys only. */
import { createServer, type AddressInfo, type Socket } from "node:net";
import type { AuthContext, Connection, Server, ServerChannel, Session } from "ssh2";
import type { ContextFor, Running } from "../../../domain.ts";
import { actingAs, type Context, type Services } from "../../../kernel/context.ts";
import { addressIdentity } from "../../../kernel/http/limits.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { authenticateSshKey } from "../../accounts/index.ts";
import { hostKey } from "./ssh-host-key.ts";
import { greet, refuse, runSshCommand } from "./ssh-session.ts";

const handshakeMs = 15_000;
const stopMs = 10_000;
/** Connections of one address that have not signed in, connections in all, and keys tried in one connection. */
const limits = { unknownPerAddress: 10, connections: 500, tries: 12, sessions: 16 };

export interface RunningSsh extends Running {
  readonly port: number;
}

/** Listens; `stop` lets running transfers end for ten seconds. */
export async function startSsh(
  services: Services,
  contextFor: ContextFor,
  listen: { readonly port: number; readonly host?: string },
): Promise<RunningSsh> {
  const { default: ssh2 } = await import("ssh2");
  const ssh: Server = new ssh2.Server({
    hostKeys: [await hostKey(services.config.dataDir)],
    ident: "wit",
    keepaliveInterval: 30_000,
    keepaliveCountMax: 4,
  });
  const door = new Door(services, contextFor);
  ssh.on("connection", (client, info) => door.welcome(client, `${info.ip}:${info.port}`, info.ip));
  ssh.on("error", (error: Error) => services.log.warn({ error: String(error) }, "the SSH server stumbled"));
  const server = createServer((socket) => {
    if (door.admit(socket)) ssh.injectSocket(socket);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`port ${listen.port} is taken; set SSH_PORT to another`)
          : error,
      ),
    );
    server.listen(listen.port, listen.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await door.close();
      await closed;
    },
  };
}

interface Visitor {
  readonly socket: Socket;
  readonly address: string;
  /** Cut off unless signed in by then. */
  handshake: NodeJS.Timeout | null;
}

/** Everyone who is connected. */
class Door {
  readonly #services: Services;
  readonly #contextFor: ContextFor;
  readonly #visitors = new Map<string, Visitor>();
  readonly #running = new Set<Promise<void>>();
  #closing = false;

  constructor(services: Services, contextFor: ContextFor) {
    this.#services = services;
    this.#contextFor = contextFor;
  }

  /** Whether a new connection may stay. */
  admit(socket: Socket): boolean {
    const address = addressIdentity(socket.remoteAddress ?? "");
    const unknown = [...this.#visitors.values()].filter(
      (one) => one.address === address && one.handshake !== null,
    );
    if (
      this.#closing ||
      this.#visitors.size >= limits.connections ||
      unknown.length >= limits.unknownPerAddress
    )
      return false;
    const key = `${socket.remoteAddress}:${socket.remotePort}`;
    const visitor = { socket, address, handshake: setTimeout(() => socket.destroy(), handshakeMs) };
    this.#visitors.set(key, visitor);
    socket.setNoDelay(true);
    socket.once("close", () => {
      clearTimeout(visitor.handshake);
      this.#visitors.delete(key);
    });
    return true;
  }

  /** A client has said hello: it signs in with a key, then runs commands. */
  welcome(client: Connection, key: string, ip: string): void {
    let publicKey: Buffer | null = null;
    let tries = 0;
    client.on("error", () => undefined);
    client.on("authentication", (auth) => {
      tries += 1;
      if (tries > limits.tries) return void client.end();
      this.#signIn(auth).then(
        (wire) => {
          if (wire === "known") return auth.accept();
          if (wire === null) return auth.reject(["publickey"]);
          publicKey = wire;
          auth.accept();
        },
        (error: unknown) => {
          this.#services.log.warn({ error: String(error) }, "a key could not be checked");
          auth.reject(["publickey"]);
        },
      );
    });
    client.on("ready", () => {
      const visitor = this.#visitors.get(key);
      if (visitor?.handshake) clearTimeout(visitor.handshake);
      if (visitor) visitor.handshake = null;
      let sessions = 0;
      client.on("session", (accept, reject) => {
        if (sessions >= limits.sessions || !publicKey || this.#closing) return reject();
        sessions += 1;
        const session = accept();
        session.once("close", () => (sessions -= 1));
        this.#serve(session, publicKey, ip);
      });
    });
  }

  /** "known" for a key that may be used, the key itself once its signature is right, null otherwise. */
  async #signIn(auth: AuthContext): Promise<Buffer | "known" | null> {
    if (auth.method !== "publickey" || auth.username !== "git") return null;
    const { data, algo } = auth.key;
    const { signature, blob } = auth;
    const proved = signature !== undefined && blob !== undefined;
    if (proved) {
      const { default: ssh2 } = await import("ssh2");
      const parsed = ssh2.utils.parseKey(`${algo} ${data.toString("base64")}`);
      if (parsed instanceof Error || Array.isArray(parsed)) return null;
      if (!parsed.getPublicSSH().equals(data)) return null;
      // Its types hide that it answers an Error for an algorithm that the key does not have.
      const answer: unknown = parsed.verify(blob, signature, auth.hashAlgo);
      if (answer !== true) return null;
    }
    if (!(await authenticateSshKey(this.#services, data, proved))) return null;
    return proved ? data : "known";
  }

  #serve(session: Session, publicKey: Buffer, ip: string): void {
    let protocol: string | undefined;
    let taken = false;
    session.on("env", (accept, reject, { key, val }) => {
      if (key !== "GIT_PROTOCOL") return reject?.();
      protocol = val;
      accept?.();
    });
    session.on("pty", (accept) => accept?.());
    const run = (channel: ServerChannel, act: (ctx: Context, login: string) => Promise<void> | void) => {
      const running = this.#context(publicKey, ip).then((ctx) =>
        ctx?.actor.kind === "user"
          ? act(ctx, ctx.actor.user.login)
          : refuse(channel, "This key may not be used any more"),
      );
      const settled = running.catch((error: unknown) => {
        this.#services.log.warn({ error: String(error) }, "an SSH command broke off");
        channel.destroy();
      });
      this.#running.add(settled);
      void settled.then(() => this.#running.delete(settled));
    };
    session.on("exec", (accept, reject, { command }) => {
      if (taken) return reject?.();
      taken = true;
      const channel = accept();
      run(channel, (ctx) => runSshCommand(ctx, channel, command, protocol));
    });
    session.on("shell", (accept, reject) => {
      if (taken) return reject?.();
      taken = true;
      const channel = accept();
      run(channel, (ctx, login) => greet(ctx, channel, login));
    });
  }

  /** Asked for each command: a key may be taken away, and a person suspended, while a connection is kept open. */
  async #context(publicKey: Buffer, ip: string): Promise<Context | null> {
    const actor = await authenticateSshKey(this.#services, publicKey, true);
    return actor && { ...actingAs(this.#contextFor("ssh"), actor), requestId: uuidv7(), address: plain(ip) };
  }

  async close(): Promise<void> {
    this.#closing = true;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, stopMs);
    await Promise.race([Promise.all(this.#running), late]);
    clearTimeout(timer);
    for (const { socket } of this.#visitors.values()) socket.destroy();
  }
}

const plain = (address: string) => (address.startsWith("::ffff:") ? address.slice(7) : address);
