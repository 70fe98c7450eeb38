import { pullsListTemplates } from "../../api/client.gen.ts";
import type { Call } from "../../api/call.ts";
import { Refused } from "../failures.ts";

/** The text that the repository wants one to begin with; undefined when it has none. */
export async function templateOf(
  call: Call,
  place: { readonly owner: string; readonly repo: string },
  name: string | undefined,
): Promise<string | undefined> {
  const { data } = await pullsListTemplates(call, place);
  const bare = (text: string) => text.toLowerCase().replace(/\.[a-z]+$/, "");
  const found =
    name === undefined ? data.find((one) => one.default) : data.find((one) => bare(one.name) === bare(name));
  if (name !== undefined && !found)
    throw new Refused(
      `There is no template ${name}; there are ${data.map((one) => one.name).join(", ") || "none"}`,
    );
  return found?.body;
}
