import { describe, expect, it } from "vitest";
import { isPublic, plainAddress } from "./addresses.ts";
import { allowEntryProblem, allowList } from "./allow-list.ts";

const judged = (text: string) => {
  const address = plainAddress(text);
  return address !== null && isPublic(address);
};

describe("an address of the inside is known in every spelling", () => {
  it.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "0:0:0:0:0:0:0:1",
    "[::1]",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "0:0:0:0:0:ffff:a9fe:a9fe",
    "::ffff:0:10.0.0.1",
    "::127.0.0.1",
    "::10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::10.0.0.1",
    // 10.0.0.1 where the prefix has 48 bits, whatever stands behind it.
    "64:ff9b:1:a00:0:100:101:101",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001::1",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "5f00::1",
  ])("%s", (address) => expect(judged(address)).toBe(false));

  it.each([
    "1.1.1.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "192.169.0.1",
    "2606:4700::1111",
    "::ffff:1.1.1.1",
    "64:ff9b::1.1.1.1",
  ])("while %s is of the public internet", (address) => expect(judged(address)).toBe(true));

  it("and what is no address is none", () => {
    for (const text of ["", "localhost", "1.2.3", "0x7f000001", "1.2.3.4.5", "::g"])
      expect(plainAddress(text)).toBe(null);
  });
});

describe("an administrator's list", () => {
  const list = allowList([
    "git.example.com",
    "*.Inside.example",
    "10.0.0.5",
    "192.168.0.0/16",
    "fd00::/8",
    "169.254.0.0/16",
  ]);

  it("opens the named hosts and those below a star, and not those that merely end alike", () => {
    expect(
      ["git.example.com", "GIT.example.com.", "a.inside.example", "a.b.inside.example"].every(
        list.allowsHost,
      ),
    ).toBe(true);
    expect(
      ["example.com", "xgit.example.com", "inside.example", "notinside.example"].some(list.allowsHost),
    ).toBe(false);
  });

  it("opens addresses and ranges", () => {
    expect(["10.0.0.5", "192.168.7.7", "fd12::1"].every(list.allowsAddress)).toBe(true);
    expect(["10.0.0.6", "192.169.0.1", "fe80::1"].some(list.allowsAddress)).toBe(false);
  });

  it("never opens the keys of a cloud by a range, only by their own address", () => {
    expect(list.allowsAddress("169.254.169.254")).toBe(false);
    expect(list.allowsAddress("fd00:ec2::254")).toBe(false);
    expect(allowList(["169.254.169.254"]).allowsAddress("169.254.169.254")).toBe(true);
  });

  it("takes no entry that means nothing", () => {
    for (const entry of [
      "*",
      "*.",
      "a b",
      "http://x",
      "10.0.0.0/33",
      "10.0.0/8",
      "1.2.3",
      "x/8",
      "-a.b",
      "a..b",
    ])
      expect(allowEntryProblem(entry), entry).not.toBe(null);
    for (const entry of ["localhost", "git-1.example.com", "*.example.com", "::1", "10.0.0.0/8", "fd00::/8"])
      expect(allowEntryProblem(entry), entry).toBe(null);
  });
});
