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

const person = (login: string, name: string, part: string, token: string): Person => ({
  name,
  email: `${login}@example.test`,
  password: `${login} likes long passwords`,
  token,
  part,
});

export const people: Readonly<Record<PersonName, Person>> = {
  alice: person("alice", "Alice Archer", "owner", "wit_TfEMc9FtMmxEtaJEdSf7CJpCZ7S2WWvXi"),
  bob: person("bob", "Bob Builder", "writer", "wit_WoITLnReVn3OED1s1PklmirjWWf2ewOQ1"),
  carol: person("carol", "Carol Castle", "reader", "wit_B4e8d4fdmwDmR2xmM0MzLsqp4uV3gtpp2"),
  mallory: person("mallory", "Mallory Moss", "stranger", "wit_Uo4zuSnBjSeC18L3BzqZKppOP9E1KNYf2"),
  sam: person("sam", "Sam Silent", "suspended", "wit_IzvAXawBkdQobZYYXDEccPFFt4K326vRU"),
  root: person("root", "Root", "administrator", "wit_3euGQkwnwrLmnrh5Hqxcp1rcuzX3YLdc6"),
};
