/**
 * Fills the template that every test world is copied from: the cast, their repositories with history, and an organization.
 * `alice/demo` is public (bob writes, carol reads), `alice/secret` is private and only hers.
 */
import { defaultLimits } from "../../server/kernel/config.ts";
import { actingAs, systemContext, type Context } from "../../server/kernel/context.ts";
import { connect } from "../../server/kernel/db/client.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { createServices } from "../../server/services.ts";
import { collaboratorsOf, signUpCast, type Cast } from "./cast-people.ts";
import { writeHistory } from "./cast-history.ts";
import {
  createOrganization,
  requireOrganization,
  setMembership,
} from "../../server/domains/organizations/index.ts";
import { findOwner } from "../../server/domains/accounts/index.ts";
import { createRepository, ownHome, type RepoWith } from "../../server/domains/repositories/index.ts";

const url = "http://wit.test";

/** Called once a test run, on an empty migrated database and an empty data folder. */
export async function prepareTemplate(databaseUrl: string, dataDir: string): Promise<void> {
  const database = connect({ url: databaseUrl, poolSize: 4, applicationName: "wit cast" });
  const running = await createServices({
    config: {
      dataDir,
      url,
      port: 3000,
      sshPort: 0,
      s3: null,
      smtpUrl: null,
      mailFrom: "wit <wit@wit.test>",
      trustedProxies: [],
      limits: defaultLimits,
      pushToCreate: true,
      development: false,
      checkAnswers: true,
    },
    database,
    log: silentLog,
    work: false,
  });
  try {
    const ctx = systemContext(running.services, "cast");
    await fill(ctx, await signUpCast(ctx));
    await running.jobs.drain();
  } finally {
    await running.stop();
    await database.close(1000);
  }
}

async function fill(ctx: Context, cast: Cast): Promise<void> {
  const asAlice = actingAs(ctx, cast.alice);
  for (const [name, isPrivate] of [
    ["demo", false],
    ["secret", true],
  ] as const) {
    const repo = await makeRepository(asAlice, cast, name, isPrivate);
    await writeHistory(asAlice, repo);
    if (!isPrivate) await collaboratorsOf(asAlice, repo, cast);
  }
  const seen = await createOrganization(asAlice, cast.alice, { login: "acme", displayName: "Acme" });
  const organization = requireOrganization(asAlice, seen, "read");
  const bob = await findOwner(ctx, "bob");
  if (bob) await setMembership(asAlice, organization, bob, "member");
}

async function makeRepository(
  ctx: Context,
  cast: Cast,
  name: string,
  isPrivate: boolean,
): Promise<RepoWith<"admin">> {
  return createRepository(ctx, await ownHome(ctx, cast.alice), {
    name,
    description: isPrivate ? "Nobody else's business" : "A small program with a real history",
    homepage: null,
    isPrivate,
    defaultBranch: "main",
    autoInit: false,
    allowMergeCommit: true,
    allowSquashMerge: true,
    allowRebaseMerge: true,
    deleteBranchOnMerge: false,
  });
}
