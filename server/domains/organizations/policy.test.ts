import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anonymous, system, type Actor, type Scope } from "../../kernel/actor.ts";
import { mayChangeRole, organizationAccess, orgRoles } from "./policy.ts";

const role = fc.constantFrom(...orgRoles);
const maybe = fc.option(role, { nil: null });
const rank = (one: (typeof orgRoles)[number] | null) => (one === null ? -1 : orgRoles.indexOf(one));

const person = (scopes: Scope[] | "all"): Actor => ({
  kind: "user",
  user: { id: "u", apiId: 1, login: "u", name: "u", email: "u@example.test", role: "user" },
  via: "token",
  scopes: scopes === "all" ? "all" : new Set(scopes),
});

describe("changing roles", () => {
  test("nobody gives a role above their own", () => {
    fc.assert(
      fc.property(role, fc.boolean(), maybe, maybe, fc.nat(3), (by, self, from, to, others) => {
        const asked = self ? by : from;
        fc.pre(mayChangeRole(by, self, asked, to, others) === true);
        expect(rank(to)).toBeLessThanOrEqual(rank(by));
      }),
    );
  });

  test("nobody takes a role from someone above them", () => {
    fc.assert(
      fc.property(role, maybe, maybe, fc.nat(3), (by, from, to, others) => {
        fc.pre(from !== to && mayChangeRole(by, false, from, to, others) === true);
        expect(rank(from)).toBeLessThanOrEqual(rank(by));
      }),
    );
  });

  test("the last owner goes neither by their own hand nor by another's, nor by the forge's", () => {
    fc.assert(
      fc.property(
        maybe,
        fc.boolean(),
        fc.constantFrom("member" as const, "admin" as const, null),
        (by, self, to) => {
          expect(mayChangeRole(by, self, "owner", to, 0)).not.toBe(true);
        },
      ),
    );
  });
});

test("access follows the role and ends where the token's scopes end", () => {
  expect(organizationAccess(anonymous, null)).toBe("none");
  expect(organizationAccess(system("test"), null)).toBe("admin");
  expect(orgRoles.map((one) => organizationAccess(person("all"), one))).toEqual(["read", "write", "admin"]);
  expect(orgRoles.map((one) => organizationAccess(person(["user:read"]), one))).toEqual([
    "read",
    "read",
    "read",
  ]);
  expect(orgRoles.map((one) => organizationAccess(person(["repo:write"]), one))).toEqual([
    "none",
    "none",
    "none",
  ]);
  expect(organizationAccess(person("all"), null)).toBe("none");
});
