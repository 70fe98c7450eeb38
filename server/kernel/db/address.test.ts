import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatDatabaseUrl, parseDatabaseUrl, redactDatabaseUrl, withDatabase } from "./address.ts";

test("any account, password, database and socket folder survive being written as a URL", () => {
  const text = fc.string({ minLength: 1, unit: "grapheme" }).filter((value) => value.isWellFormed());
  const host = fc.oneof(
    text.map((value) => `/${value}`),
    fc.constantFrom("localhost", "db.example.org", "127.0.0.1", "::1"),
  );
  // No URL can name these databases, however they are spelled: they are steps of a path.
  const name = text.filter((value) => value !== "." && value !== "..");
  const port = fc.integer({ min: 1, max: 65_535 });
  const ssl = fc.constantFrom(false as const, "require" as const, "verify-full" as const);
  fc.assert(
    fc.property(host, port, text, text, name, ssl, (host, port, user, password, database, ssl) => {
      const address = { host, port, user, password, database, ssl };
      expect(parseDatabaseUrl(formatDatabaseUrl(address))).toEqual(address);
    }),
  );
});

test("a plain URL means what it means to psql", () => {
  expect(parseDatabaseUrl("postgres://wit@db.example.org")).toEqual({
    host: "db.example.org",
    port: 5432,
    user: "wit",
    password: "",
    database: "wit",
    ssl: false,
  });
});

test("the database can be changed and the password hidden", () => {
  const url = "postgresql://wit:secret@localhost:5432/one?host=%2Frun%2Fwit";
  expect(withDatabase(url, "two")).toBe("postgresql://wit:secret@localhost:5432/two?host=%2Frun%2Fwit");
  expect(redactDatabaseUrl(url)).not.toContain("secret");
});

test.each([
  ["nonsense", "must look like"],
  ["mysql://wit@localhost/wit", "must begin with postgresql://"],
  ["postgresql://localhost/wit", "names no user"],
  ["postgresql://wit@localhost/wit?port=0", "no port number"],
  ["postgresql://wit:%zz@localhost/wit", "percent sign"],
  ["postgresql://wit@localhost/wit?sslmode=sometimes", "unknown sslmode"],
])("%s is refused with a reason", (url, reason) => {
  expect(() => parseDatabaseUrl(url)).toThrow(reason);
});
