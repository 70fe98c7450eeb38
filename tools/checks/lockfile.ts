/** The lock file names versions and hashes, never the host that a machine happened to install from. */
import { outcome, type Check, type Problem } from "./check.ts";

const file = "package-lock.json";

export const lockfile: Check = {
  name: "lock file",
  run(sources) {
    const problems: Problem[] = [];
    const { packages } = sources.readJson(file) as Lock;
    for (const [name, one] of Object.entries(packages)) {
      if (one.resolved !== undefined && /^[a-z+]+:\/\//.test(one.resolved))
        problems.push({
          where: file,
          what: `${name} is fetched from ${one.resolved}`,
          mend: "keep omit-lockfile-registry-resolved in .npmrc and install again",
        });
      if (name !== "" && !one.link && one.integrity === undefined && !one.inBundle)
        problems.push({ where: file, what: `${name} has no hash`, mend: "install it again" });
    }
    const wanted = sources.readJson("package.json") as Package;
    const locked = packages[""];
    for (const kind of ["dependencies", "devDependencies"] as const) {
      for (const [name, version] of Object.entries(wanted[kind] ?? {})) {
        if (!/^\d/.test(version))
          problems.push({
            where: "package.json",
            what: `${name} is not pinned: ${version}`,
            mend: "name one version",
          });
        if (locked?.[kind]?.[name] !== version)
          problems.push({ where: file, what: `${name} ${version} is not locked`, mend: "npm install" });
      }
    }
    return outcome(problems, `${Object.keys(packages).length - 1} packages`);
  },
};

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      Package & {
        readonly resolved?: string;
        readonly integrity?: string;
        readonly link?: boolean;
        readonly inBundle?: boolean;
      }
    >
  >;
}
