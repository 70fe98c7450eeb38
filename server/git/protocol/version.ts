/** Which version of the protocol a client speaks. */

export type ProtocolVersion = 0 | 1 | 2;

/** The services that a client can ask for. */
export type GitService = "git-upload-pack" | "git-receive-pack";

export function isGitService(text: string): text is GitService {
  return text === "git-upload-pack" || text === "git-receive-pack";
}

/** Reads the `Git-Protocol` header or the `GIT_PROTOCOL` variable: the highest version that git knows too. */
export function protocolVersion(text: string | null | undefined): ProtocolVersion {
  const keys = (text ?? "").slice(0, 1_000).split(":");
  if (keys.includes("version=2")) return 2;
  return keys.includes("version=1") ? 1 : 0;
}

/** What the server calls itself. */
export const agent = "agent=wit";

/** How a process of git is told which version its client speaks. */
export function protocolVariable(version: ProtocolVersion): Record<string, string> {
  return version === 0 ? {} : { GIT_PROTOCOL: `version=${version}` };
}
