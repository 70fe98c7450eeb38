/** The cast: the same people in tests, in development and in the demo. */
export type PersonName = "alice" | "bob" | "carol" | "mallory" | "sam" | "root";

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** A personal access token with every scope, known in tests. */
  readonly token: string;
  /** What they are to `alice/demo` and to the instance. */
  readonly part: string;
}

const person = (login: string, name: string, part: string): Person => ({
  name,
  email: `${login}@example.test`,
  password: `${login} likes long passwords`,
  token: testToken(login),
  part,
});

export const people: Readonly<Record<PersonName, Person>> = {
  alice: person("alice", "Alice Archer", "owner"),
  bob: person("bob", "Bob Builder", "writer"),
  carol: person("carol", "Carol Castle", "reader"),
  mallory: person("mallory", "Mallory Moss", "stranger"),
  sam: person("sam", "Sam Silent", "suspended"),
  root: person("root", "Root", "administrator"),
};
