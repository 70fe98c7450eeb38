import { expect, test } from "vitest";
import { ApiError } from "./api.ts";
import { formState } from "./form-state.ts";

const refused = (
  fields: readonly (readonly [string, string])[],
  errors: ApiError["errors"],
  message = "Validation Failed",
) => formState("f", fields, new ApiError(422, message, { errors }));

test("every field keeps what was typed, except secrets and our own", () => {
  const fields = [
    ["_action", "POST /users"],
    ["login", "alice"],
    ["password", "hunter2"],
    ["confirm_password", "hunter2"],
    ["config.secret", "s"],
    ["access_token", "t"],
  ] as const;
  expect(refused(fields, []).typed).toEqual([["login", "alice"]]);
});

test("the wrong field is named, whatever its type", () => {
  const state = refused(
    [
      ["private:boolean", "true"],
      ["name", "x"],
    ],
    [
      { field: "private", message: "Not on this plan." },
      { field: "name", code: "already_exists" },
    ],
  );
  expect(state.errors).toEqual({ private: "Not on this plan.", name: "This is taken already." });
  expect(state.message).toBe("Some fields need another look.");
});

test("an error of a secret field stands at that field", () => {
  expect(refused([["password", "x"]], [{ field: "password", message: "Too short." }]).errors).toEqual({
    password: "Too short.",
  });
});

test("an error of a field that the form does not have is told above the buttons", () => {
  expect(refused([["name", "x"]], [{ field: "base", message: "has no commits" }]).message).toBe(
    "Validation Failed base: has no commits",
  );
});
