/** Fills an empty forge with the demo, by the doors that everybody uses: HTTP and git. */
import { signUpEveryone } from "./forge.ts";
import { makeIssues } from "./issues.ts";
import { makePulls } from "./pulls.ts";
import { makeRepositories } from "./repositories.ts";

/** @param url where the forge listens; nobody has an account yet */
export async function buildDemo(url: string): Promise<void> {
  const guests = await signUpEveryone(url);
  await makeRepositories(url, guests, new Date());
  await makePulls(guests, await makeIssues(guests));
}
