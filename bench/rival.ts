/**
 * What people use without a forge: nginx before git's own http-backend and before cgit, both through fcgiwrap. Debian's
 * packages; installed when root runs the measurements and they are missing.
 */
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../tools/testing/forge-process.ts";
import { answering, canRun, findProgram, git, start, type Program } from "./programs.ts";

export interface Rival {
  /** Followed by `/NAME.git`. */
  readonly gitUrl: string;
  /** Followed by `/NAME.git/…`; null without cgit. */
  readonly cgitUrl: string | null;
  end(): Promise<void>;
}

const cgit = "/usr/lib/cgit/cgit.cgi";
const packages = ["nginx-light", "fcgiwrap", "cgit"];
const isComplete = () => findProgram("nginx") && findProgram("fcgiwrap") && canRun(cgit);

/** @param repositories the folder of bare repositories. @returns a sentence when it cannot be had */
export async function startRival(folder: string, repositories: string): Promise<Rival | string> {
  if (!isComplete() && process.getuid?.() === 0 && findProgram("apt-get")) install();
  const nginx = findProgram("nginx");
  const fcgiwrap = findProgram("fcgiwrap");
  if (!nginx || !fcgiwrap) return "nginx and fcgiwrap are not installed (Debian: nginx-light fcgiwrap cgit)";
  const backend = join(await git("--exec-path"), "git-http-backend");
  const port = await freePort();
  await mkdir(folder, { recursive: true });
  await mkdir(join(folder, "cgit-cache"));
  const socket = join(folder, "fcgi.sock");
  await writeFile(join(folder, "cgitrc"), cgitrc(folder, repositories));
  await writeFile(join(folder, "nginx.conf"), nginxConf(folder, repositories, socket, port, backend));
  const opened: Program[] = [];
  const end = async () => {
    for (const program of opened.toReversed()) await program.end();
  };
  try {
    opened.push(await start(fcgiwrap, ["-c", "4", "-s", `unix:${socket}`]));
    opened.push(
      await start(nginx, ["-p", folder, "-e", join(folder, "error.log"), "-c", join(folder, "nginx.conf")]),
    );
    await answering(`http://127.0.0.1:${port}/`);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    gitUrl: `http://127.0.0.1:${port}/git`,
    cgitUrl: canRun(cgit) ? `http://127.0.0.1:${port}/cgit` : null,
    end,
  };
}

function install(): void {
  process.stderr.write(`Installing ${packages.join(", ")} to measure against\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const words of [["update"], ["install", "-y", "--no-install-recommends", ...packages]])
    spawnSync("apt-get", words, { env, stdio: "ignore" });
}

/** cgit at its best: with its cache on. */
const cgitrc = (folder: string, repositories: string) => `
virtual-root=/cgit
cache-size=1000
cache-root=${folder}/cgit-cache
cache-repo-ttl=60
cache-dynamic-ttl=60
cache-static-ttl=-1
enable-index-owner=0
scan-path=${repositories}
`;

const nginxConf = (folder: string, repositories: string, socket: string, port: number, backend: string) => `
${process.getuid?.() === 0 ? "user root;" : ""}
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  access_log off;
  client_max_body_size 0;
  keepalive_requests 1000000;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    location = / { return 204; }
    location ~ ^/git(/.*)$ {
      fastcgi_pass unix:${socket};
      fastcgi_param SCRIPT_FILENAME ${backend};
      fastcgi_param GIT_PROJECT_ROOT ${repositories};
      fastcgi_param GIT_HTTP_EXPORT_ALL 1;
      fastcgi_param GIT_PROTOCOL $http_git_protocol;
      fastcgi_param PATH_INFO $1;
      fastcgi_param REMOTE_USER bench;
      ${requestParameters}
    }
    location ~ ^/cgit(/.*)?$ {
      fastcgi_pass unix:${socket};
      fastcgi_param SCRIPT_FILENAME ${cgit};
      fastcgi_param CGIT_CONFIG ${folder}/cgitrc;
      fastcgi_param PATH_INFO $1;
      ${requestParameters}
    }
  }
}
`;

const requestParameters = `
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding;
      fastcgi_param SERVER_PROTOCOL $server_protocol;
      fastcgi_param REMOTE_ADDR $remote_addr;`;
