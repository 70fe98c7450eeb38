import { QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { createApi } from "./api.ts";
import {
  apiListQuery,
  apiQuery,
  createQueryClient,
  giveReads,
  takeReads,
  touches,
  triedQuery,
} from "./query.ts";

const client = (answer: (request: Request) => Response) =>
  createQueryClient(createApi(answer, { origin: "http://localhost", headers: { cookie: "wit_session=1" } }));

test("a list carries the addresses of its neighbours", async () => {
  const queries = client((request) => {
    expect(request.url).toBe("http://localhost/api/v3/repos/a/b/labels?per_page=2");
    expect(request.headers.get("cookie")).toBe("wit_session=1");
    return Response.json([{ name: "bug" }], {
      headers: {
        link: '<http://x/api/v3/r?cursor=n&per_page=2>; rel="next", <http://x/r?cursor=p>; rel="prev"',
      },
    });
  });
  const query = apiListQuery<{ name: string }>("/repos/a/b/labels", { per_page: 2, q: undefined });
  const read = await queries.fetchQuery({ queryKey: query.queryKey });
  expect(read).toEqual({
    items: [{ name: "bug" }],
    links: { next: "?cursor=n&per_page=2", prev: "?cursor=p" },
  });
});

test("an operation of the generated client and its path are the same read", () => {
  const byPath = apiQuery("/repos/a/b", { page: 1 });
  const byOperation = apiQuery((call) =>
    call({ method: "GET", path: "/repos/a/b", query: { page: 1, q: undefined } }),
  );
  expect(byOperation.queryKey).toEqual(byPath.queryKey);
});

test("an operation that writes is no query", () => {
  expect(() => apiQuery((call) => call({ method: "POST", path: "/repos" }))).toThrow(TypeError);
});

test("a refusal keeps its status, fields and request", async () => {
  const queries = client(() =>
    Response.json(
      { message: "Gone", code: "gone", request_id: "r1", errors: [{ field: "x" }, "odd"] },
      { status: 410 },
    ),
  );
  await expect(queries.fetchQuery({ queryKey: apiQuery("/x").queryKey })).rejects.toMatchObject({
    status: 410,
    message: "Gone",
    requestId: "r1",
    errors: [{ field: "x" }],
  });
});

test("what the server read is there in the browser without another request", () => {
  const server = client(() => Response.json(1));
  server.setQueryData(apiQuery("/x").queryKey, { a: [1, null, "</script>"] });
  const browser = client(() => {
    throw new Error("asked again");
  });
  giveReads(browser, JSON.parse(JSON.stringify(takeReads(server))) as ReturnType<typeof takeReads>);
  const seen = new QueryObserver(browser, {
    queryKey: apiQuery("/x").queryKey as readonly unknown[],
  }).getCurrentResult();
  expect(seen).toMatchObject({ data: { a: [1, null, "</script>"] }, isStale: false, status: "success" });
});

test("a change touches what the API and the pages read below its path", () => {
  const touched = touches(["/repos/a/b"]);
  const picked = ["/repos/a/b/issues", "/_web/repos/a/b", "/repos/a", "/_web/frame"].filter((path) =>
    touched(apiQuery(path)),
  );
  expect(picked).toEqual(["/repos/a/b/issues", "/_web/repos/a/b"]);
});

test("words that are refused are an answer of what was tried; any other failure is none", async () => {
  const answering = (status: number) =>
    client(() => Response.json({ message: "is: takes open or closed" }, { status }));
  const { queryKey } = triedQuery("/search/issues", { q: "is:odd" });
  expect(await answering(422).fetchQuery({ queryKey })).toEqual({ refused: "is: takes open or closed" });
  expect(await answering(200).fetchQuery({ queryKey })).toEqual({
    found: { message: "is: takes open or closed" },
  });
  await expect(answering(403).fetchQuery({ queryKey })).rejects.toMatchObject({ status: 403 });
});
