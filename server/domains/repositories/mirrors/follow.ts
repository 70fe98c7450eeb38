import type { TransactionContext } from "../../../kernel/context.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { RepoWith } from "../access.ts";
import { importSeal, mirrorSeal, openCredentials, sealCredentials } from "../remotes/address.ts";
import type { repositoryImports } from "../remotes/schema.ts";
import { insertMirror } from "./commands.ts";

/** An import that is done goes on as a mirror of the same address, with the same name and password. */
export async function followAfterImport(
  tx: TransactionContext,
  repo: RepoWith<"admin">,
  row: typeof repositoryImports.$inferSelect,
  intervalMinutes: number,
): Promise<void> {
  const id = uuidv7();
  const credentials = openCredentials(tx, row.credentials, importSeal(repo.id));
  await insertMirror(tx, repo, {
    id,
    direction: "pull",
    url: row.url,
    credentials: sealCredentials(tx, credentials, mirrorSeal(id)),
    intervalMinutes,
    setById: row.requestedById,
  });
}
