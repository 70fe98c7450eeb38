/** What a repository that is imported from an address is called unless told: the last part of the address, made a name. */
export function nameFor(url: string): string {
  const last = new URL(url).pathname.split("/").findLast((part) => part !== "") ?? "";
  let plain = last;
  try {
    plain = decodeURIComponent(last);
  } catch {
    // Not encoded text: taken as it stands.
  }
  const name = plain
    .replace(/(?:\.(?:git|atom|wiki))+$/i, "")
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .slice(0, 100);
  return /^[.-]*$/.test(name) ? "imported" : name;
}
