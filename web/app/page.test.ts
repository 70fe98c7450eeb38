import { expect, expectTypeOf, test } from "vitest";
import { page, pageIn, type PageProps, type Params } from "./page.tsx";
import { apiListQuery, apiQuery, type Listed } from "./query.ts";

interface Repository {
  readonly full_name: string;
}

const repository = page({
  path: "/$owner/$repo",
  queries: ({ params }) => ({ repository: apiQuery<Repository>(`/repos/${params.owner}/${params.repo}`) }),
  title: ({ params, data }) => `${params.owner} ${data.repository.full_name}`,
});

const tree = pageIn(repository, {
  path: "tree/$ref/$",
  queries: ({ params, search }) => ({
    entries: apiListQuery<{ name: string }>(`/repos/${params.owner}/${params.repo}/tree`, {
      ref: search.get("ref") ?? "",
    }),
  }),
  title: ({ params, data }) => `${params.repo} ${params.rest} ${data.entries.items.length}`,
});

test("a path names its params, the rest included", () => {
  expectTypeOf<Params<"/$owner/$repo/tree/$">>().toEqualTypeOf<{
    readonly owner: string;
    readonly repo: string;
    readonly rest: string;
  }>();
  expectTypeOf<Params<"/explore">>().toEqualTypeOf<{ readonly [_ in never]: string }>();
});

test("a page in a layout is given both their params, and what it reads", () => {
  type Props = PageProps<typeof tree>;
  expectTypeOf<Props["params"]["owner" | "repo" | "ref" | "rest"]>().toEqualTypeOf<string>();
  expectTypeOf<Props["data"]["entries"]>().toEqualTypeOf<Listed<{ name: string }>>();
  expectTypeOf<PageProps<typeof repository>["data"]["repository"]>().toEqualTypeOf<Repository>();
  expect(tree.parent).toBe(repository.route);
});
