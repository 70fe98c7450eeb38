import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createLog } from "./log.ts";

test("what was thrown is written with its cause and its place, without the values of a query", () => {
  const lines = new PassThrough();
  const cause = Object.assign(new Error("duplicate key"), {
    code: "23505",
    constraint_name: "pull_requests_number_unique",
  });
  const error = new Error("Failed query: insert into texts values ($1)\nparams: my secret diary", { cause });
  createLog("error", lines).error({ error }, "Something went wrong on our side");
  const text = String(lines.read());
  expect(JSON.parse(text)).toMatchObject({
    msg: "Something went wrong on our side",
    error: {
      type: "Error",
      message: "Failed query: insert into texts values ($1)",
      stack: expect.stringContaining("log.test.ts"),
      cause: { message: "duplicate key", code: "23505", constraint: "pull_requests_number_unique" },
    },
  });
  expect(text).not.toContain("diary");
});
