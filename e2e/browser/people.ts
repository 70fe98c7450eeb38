import type { Page } from "@playwright/test";
import { people, type PersonName } from "../../tools/testing/people.ts";

/** Signs somebody of the cast in through the form, as they would. */
export async function signIn(page: Page, name: PersonName): Promise<void> {
  await page.goto("/login");
  await page.getByLabel(/name or e-mail|user name|login/i).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(people[name].password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
}
