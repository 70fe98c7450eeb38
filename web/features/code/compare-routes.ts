import { webCompare, webFamily, webGetAnnotations } from "../../../api/client.gen.ts";
import { goTo, pageIn } from "../../app/page.tsx";
import { deep, path } from "../../app/paths.ts";
import { apiQuery } from "../../app/query.ts";
import { diffQueryOf } from "../diff/diff-query.ts";
import { repositoryLayout, repositoryQuery } from "../repositories/layout.ts";

const familyQuery = ({ owner, repo }: { readonly owner: string; readonly repo: string }) =>
  apiQuery((call) => webFamily(call, { owner, repo }));

export const compareStartPage = pageIn(repositoryLayout, {
  path: "compare/",
  // What a form without JavaScript asks: two sides, each a repository and a branch of it.
  before: ({ params: { owner, repo }, search }) => {
    const [base, head] = [search.get("base")?.trim(), search.get("head")?.trim()];
    if (!base || !head) return;
    const side = (name: string, branch: string) => deep(`${search.get(`${name}_of`) ?? ""}${branch}`);
    throw goTo(path`/${owner}/${repo}/compare/${side("base", base)}...${side("head", head)}`);
  },
  queries: ({ params }) => ({ home: repositoryQuery(params), family: familyQuery(params) }),
  title: ({ params }) => `Compare · ${params.owner}/${params.repo}`,
});

export const comparePage = pageIn(repositoryLayout, {
  path: "compare/$",
  // The link that a push answers with, as on GitHub: it means the form.
  before: ({ params, search }) => {
    if (search.get("expand") === "1") {
      const { owner, repo, rest } = params;
      throw goTo(path`/${owner}/${repo}/pulls/new/${deep(rest)}`);
    }
  },
  queries: ({ params: { owner, repo, rest }, search }) => ({
    home: repositoryQuery({ owner, repo }),
    family: familyQuery({ owner, repo }),
    said: apiQuery((call) => webGetAnnotations(call, { owner, repo, basehead: rest })),
    comparison: apiQuery((call) => webCompare(call, { owner, repo, basehead: rest, ...diffQueryOf(search) })),
  }),
  title: ({ params }) => `Compare ${params.rest} · ${params.owner}/${params.repo}`,
});
