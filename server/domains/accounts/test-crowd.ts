/** Many people at once for tests of races, made without the price of many password hashes. */
import type { Client } from "../../../tools/testing/client.ts";
import type { World } from "../../../tools/testing/world.ts";
import { scopes } from "../../kernel/actor.ts";
import { systemContext, transact } from "../../kernel/context.ts";
import { mintToken, sha256Hex } from "../../kernel/crypto/index.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import { claimLogin } from "./names.ts";
import { personalAccessTokens, user } from "./schema.ts";

export interface Stranger {
  readonly login: string;
  readonly client: Client;
}

/** People without a password, each with a token of all scopes. */
export async function crowd(
  world: World,
  size: number,
  role: "user" | "superadmin" = "user",
): Promise<Stranger[]> {
  const people: Stranger[] = [];
  await transact(systemContext(world.services, "test"), async (tx) => {
    for (let number = 0; number < size; number += 1) {
      const id = uuidv7();
      const login = `${role}-${number}`;
      const token = mintToken("wit");
      await claimLogin(tx, { id, type: "user", login, siteAdmin: role !== "user" });
      const email = `${login}@example.test`;
      await tx.db
        .insert(user)
        .values({ id, name: login, email, username: login, displayUsername: login, role });
      await tx.db.insert(personalAccessTokens).values({
        userId: id,
        name: "test",
        tokenHash: sha256Hex(token),
        tokenPrefix: token.slice(0, 8),
        scopes: [...scopes],
      });
      people.push({ login, client: world.withToken(token) });
    }
  });
  return people;
}
