/** What every git process is told: nothing of the machine, and the same each time. */

const configuration: readonly (readonly [string, string])[] = [
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["core.quotePath", "false"],
  ["core.logAllRefUpdates", "always"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["protocol.allow", "never"],
  ["safe.directory", "*"],
  ["safe.bareRepository", "all"],
  ["transfer.hideRefs", "refs/wit/"],
  ["uploadpack.allowFilter", "true"],
  ["uploadpack.allowReachableSHA1InWant", "true"],
  ["diff.renames", "true"],
  ["diff.renameLimit", "1000"],
  ["merge.renameLimit", "7000"],
  ["merge.conflictStyle", "merge"],
];

/**
 * The whole environment of a git process: nothing is inherited but the path, so that no variable of the
 * server (or of an attacker who found a way to set one) changes what git does.
 */
export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const environment: Record<string, string> = {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    HOME: "/nonexistent",
    LC_ALL: "C.UTF-8",
    TZ: "UTC",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_ADVICE: "0",
    GIT_CONFIG_COUNT: String(configuration.length),
  };
  configuration.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return { ...environment, ...extra };
}

/** Variables for `env` that set further configuration of git: where nobody but git and this machine's owner can read it. */
export function gitConfiguration(
  pairs: readonly (readonly [key: string, value: string])[],
): Record<string, string> {
  const variables: Record<string, string> = {
    GIT_CONFIG_COUNT: String(configuration.length + pairs.length),
  };
  pairs.forEach(([key, value], index) => {
    variables[`GIT_CONFIG_KEY_${configuration.length + index}`] = key;
    variables[`GIT_CONFIG_VALUE_${configuration.length + index}`] = value;
  });
  return variables;
}
