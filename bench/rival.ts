/** What people use without a forge: nginx before git's own http-backend and before cgit, both through fcgiwrap. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../tools/testing/forge-process.ts";
import { canRun, cgitProgram, findProgram } from "./debian.ts";
import { answering, git, start, type Program } from "./programs.ts";

export interface Rival {
  /** Followed by `/NAME.git`. */
  readonly gitUrl: string;
  /** Followed by `/NAME.git/…`; null without cgit. As it is when nobody configures it: without a cache. */
  readonly cgitUrl: string | null;
  /** The same with its cache on. */
  readonly cachedCgitUrl: string | null;
  end(): Promise<void>;
}

/**
 * @param repositories the folder of bare repositories, `NAME.git` for each of the names
 * @returns a sentence when it cannot be had
 */
export async function startRival(
  folder: string,
  repositories: string,
  names: readonly string[],
): Promise<Rival | string> {
  const nginx = findProgram("nginx");
  const fcgiwrap = findProgram("fcgiwrap");
  if (!nginx || !fcgiwrap) return "nginx and fcgiwrap are not installed (Debian: nginx-light fcgiwrap cgit)";
  const backend = join(await git("--exec-path"), "git-http-backend");
  const port = await freePort();
  await mkdir(folder, { recursive: true });
  await mkdir(join(folder, "cgit-cache"));
  const socket = join(folder, "fcgi.sock");
  const shown = names
    .map((name) => `repo.url=${name}.git\nrepo.path=${repositories}/${name}.git\n`)
    .join("\n");
  await writeFile(join(folder, "cgitrc"), `virtual-root=/cgit\n${shown}`);
  await writeFile(join(folder, "cached-cgitrc"), `virtual-root=/cached-cgit\n${cacheOf(folder)}${shown}`);
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
  const url = (path: string) => `http://127.0.0.1:${port}/${path}`;
  return {
    gitUrl: url("git"),
    cgitUrl: canRun(cgitProgram) ? url("cgit") : null,
    cachedCgitUrl: canRun(cgitProgram) ? url("cached-cgit") : null,
    end,
  };
}

/** Pages live for an hour; what does not change, for ever (cgitrc(5), in minutes). */
const cacheOf = (folder: string) => `
cache-size=1000
cache-root=${folder}/cgit-cache
cache-repo-ttl=60
cache-dynamic-ttl=60
cache-static-ttl=-1
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
    ${cgitLocation(socket, "cgit", `${folder}/cgitrc`)}
    ${cgitLocation(socket, "cached-cgit", `${folder}/cached-cgitrc`)}
  }
}
`;

const cgitLocation = (socket: string, path: string, configuration: string) => `
    location ~ ^/${path}(/.*)?$ {
      fastcgi_pass unix:${socket};
      fastcgi_param SCRIPT_FILENAME ${cgitProgram};
      fastcgi_param CGIT_CONFIG ${configuration};
      fastcgi_param PATH_INFO $1;
      ${requestParameters}
    }`;

const requestParameters = `
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding;
      fastcgi_param SERVER_PROTOCOL $server_protocol;
      fastcgi_param REMOTE_ADDR $remote_addr;`;
