import { describe, expect, it } from "vitest";
import { coveredOperations, isGitHubOperation, validateGitHubAnswer } from "./github-schema.ts";

const label = {
  id: 208045946,
  node_id: "MDU6TGFiZWwyMDgwNDU5NDY=",
  url: "https://api.github.com/repos/octocat/Hello-World/labels/bug",
  name: "bug",
  description: "Something isn't working",
  color: "f29513",
  default: true,
};

describe("an answer is held against GitHub's own schema", () => {
  it("accepts GitHub's own example", () => {
    expect(validateGitHubAnswer("issues/get-label", 200, label)).toEqual([]);
    expect(validateGitHubAnswer("issues/list-labels-for-repo", 200, [label])).toEqual([]);
  });

  it("accepts null exactly where GitHub does", () => {
    expect(validateGitHubAnswer("issues/get-label", 200, { ...label, description: null })).toEqual([]);
    expect(validateGitHubAnswer("issues/get-label", 200, { ...label, name: null })).toEqual([
      expect.stringContaining("body.name must be string"),
    ]);
  });

  it("names the field that is missing, of a wrong type or no date", () => {
    const { color: _, ...colourless } = label;
    expect(validateGitHubAnswer("issues/list-labels-for-repo", 200, [label, colourless])).toEqual([
      "body.1 must have required property 'color'",
    ]);
    const problems = validateGitHubAnswer("issues/get-milestone", 200, {
      created_at: "yesterday",
      number: "1",
    });
    expect(problems).toContain('body.created_at must match format "date-time"');
    expect(problems).toContain("body.number must be integer");
  });

  it("refuses a status that GitHub does not answer, and a body where GitHub has none", () => {
    expect(validateGitHubAnswer("issues/create-label", 200, label)).toEqual([
      "status: GitHub answers 201, not 200",
    ]);
    expect(validateGitHubAnswer("issues/delete-label", 204, "")).toEqual([]);
    expect(validateGitHubAnswer("issues/delete-label", 204, { gone: true })).toHaveLength(1);
  });

  it("has nothing to say about an operation that GitHub does not have", () => {
    expect(isGitHubOperation("users/change-password")).toBe(false);
    expect(validateGitHubAnswer("users/change-password", 200, 1)).toEqual([]);
  });

  it("counts what was held", () => {
    validateGitHubAnswer("issues/get-label", 200, label);
    expect(coveredOperations()).toContain("issues/get-label");
  });
});
