import { z } from "zod";
import { created, Reply, route } from "../../../kernel/http/route.ts";
import { linkHeader, mapPage, pagingQuery, type Page } from "../../../kernel/paging.ts";
import { withRepository } from "../../repositories/index.ts";
import { commitOf } from "../queries.ts";
import { createRun, openSuite, updateRun } from "./commands.ts";
import { createRunBody, createSuiteBody, updateRunBody } from "./input.ts";
import { listAnnotations, listRuns, listSuites, ofCommit, ofSuite, withRun, withSuite } from "./queries.ts";
import { checkRunStatus } from "./schema.ts";
import { suiteShape, suiteView, suiteViews } from "./suite-views.ts";
import { annotationShape, annotationView, runShape, runView, runViews } from "./views.ts";

const runs = "/repos/{owner}/{repo}/check-runs";
const suites = "/repos/{owner}/{repo}/check-suites";
const ofRef = "/repos/{owner}/{repo}/commits/{ref*}";

/** Fifty annotations, each with a message and details of 64 KB, and the two texts. */
const bodyBytes = 8 * 1024 * 1024;

/** A list with its count around it, and the way on in the `Link` header. */
const counted = <T>(url: URL, page: Page<unknown>, value: T): Reply<T> => {
  const link = linkHeader(url, page);
  return new Reply(value, { headers: link === null ? {} : { link } });
};

const create = route({
  method: "POST",
  path: runs,
  operation: "checks/create",
  summary: "Report a check run of a commit",
  access: withRepository("write"),
  body: createRunBody,
  bodyBytes,
  answer: runShape,
  status: 201,
  handle: async ({ ctx, repo, body }) => {
    const view = await runView(ctx, repo, await createRun(ctx, repo, body));
    return created(view, view.url);
  },
});

const get = route({
  method: "GET",
  path: `${runs}/{check_run_id}`,
  operation: "checks/get",
  summary: "Get a check run",
  access: withRun("read"),
  answer: runShape,
  handle: ({ ctx, repo, run }) => runView(ctx, repo, run),
});

const update = route({
  method: "PATCH",
  path: `${runs}/{check_run_id}`,
  operation: "checks/update",
  summary: "Say how a check run goes on; annotations are added to those it has",
  access: withRun("write"),
  body: updateRunBody,
  bodyBytes,
  answer: runShape,
  handle: async ({ ctx, repo, run, body }) => runView(ctx, repo, await updateRun(ctx, repo, run, body)),
});

const annotations = route({
  method: "GET",
  path: `${runs}/{check_run_id}/annotations`,
  operation: "checks/list-annotations",
  summary: "List what a check run says about lines, in its order",
  access: withRun("read"),
  query: z.object(pagingQuery),
  answer: z.array(annotationShape),
  handle: async ({ ctx, repo, run, query }) =>
    mapPage(await listAnnotations(ctx, run, query), (one) => annotationView(ctx, repo, run, one)),
});

const runFilter = {
  ...pagingQuery,
  check_name: z.string().max(255).optional().describe("Only the runs of this name"),
  status: z.enum(checkRunStatus.enumValues).optional(),
  filter: z.enum(["latest", "all"]).default("latest").describe("Of each name the newest run, or all"),
};

const runList = z.object({ total_count: z.int(), check_runs: z.array(runShape) });

const listForRef = route({
  method: "GET",
  path: `${ofRef}/check-runs`,
  operation: "checks/list-for-ref",
  summary: "List the check runs of a commit, newest first",
  access: withRepository("read"),
  query: z.object(runFilter),
  answer: runList,
  handle: async ({ ctx, repo, params, query, url }) => {
    const scope = ofCommit(repo, await commitOf(ctx, repo, params.ref));
    const page = await listRuns(ctx, scope, query, query);
    return counted(url, page, {
      total_count: page.total,
      check_runs: await runViews(ctx, repo, page.items),
    });
  },
});

const listForSuite = route({
  method: "GET",
  path: `${suites}/{check_suite_id}/check-runs`,
  operation: "checks/list-for-suite",
  summary: "List the check runs of a suite, newest first",
  access: withSuite("read"),
  query: z.object(runFilter),
  answer: runList,
  handle: async ({ ctx, repo, suite, query, url }) => {
    const page = await listRuns(ctx, ofSuite(suite), query, query);
    return counted(url, page, {
      total_count: page.total,
      check_runs: await runViews(ctx, repo, page.items),
    });
  },
});

const createSuite = route({
  method: "POST",
  path: suites,
  operation: "checks/create-suite",
  summary: "Make your check suite of a commit; 200 when it is there already",
  access: withRepository("write"),
  body: createSuiteBody,
  answer: suiteShape,
  status: 201,
  handle: async ({ ctx, repo, body }) => {
    const { suite, isNew } = await openSuite(ctx, repo, body.head_sha);
    const view = await suiteView(ctx, repo, suite);
    return isNew ? created(view, view.url) : new Reply(view, { status: 200 });
  },
});

const getSuite = route({
  method: "GET",
  path: `${suites}/{check_suite_id}`,
  operation: "checks/get-suite",
  summary: "Get a check suite: the runs of one reporter on a commit",
  access: withSuite("read"),
  answer: suiteShape,
  handle: ({ ctx, repo, suite }) => suiteView(ctx, repo, suite),
});

const listSuitesForRef = route({
  method: "GET",
  path: `${ofRef}/check-suites`,
  operation: "checks/list-suites-for-ref",
  summary: "List the check suites of a commit, newest first",
  access: withRepository("read"),
  query: z.object({ ...pagingQuery, check_name: runFilter.check_name }),
  answer: z.object({ total_count: z.int(), check_suites: z.array(suiteShape) }),
  handle: async ({ ctx, repo, params, query, url }) => {
    const sha = await commitOf(ctx, repo, params.ref);
    const page = await listSuites(ctx, repo, sha, query.check_name, query);
    return counted(url, page, {
      total_count: page.total,
      check_suites: await suiteViews(ctx, repo, page.items),
    });
  },
});

export const runRoutes = [
  create,
  get,
  update,
  annotations,
  listForRef,
  listForSuite,
  createSuite,
  getSuite,
  listSuitesForRef,
];
