import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MalformedForm, parseAction } from "./actions.ts";
import { apiName, decodeForm, encodeForm, redirectTarget, type Json } from "./form-body.ts";

describe("an action", () => {
  test("is one operation of the API", () => {
    expect(parseAction("PATCH /repos/alice/de%2Fmo")).toEqual({
      method: "PATCH",
      path: "/repos/alice/de%2Fmo",
    });
  });

  test.each([
    "",
    "POST",
    "GET /user",
    "post /user",
    "POST user",
    "POST //evil.example/x",
    "POST /\\evil.example",
    "POST http://evil.example/x",
    "POST /repos/../admin",
    "POST /repos/%2e%2E/admin",
    "POST /repos/.",
    "POST /repos//admin",
    "POST /user?admin=1",
    "POST /user#x",
    "POST /user\r\nhost: evil",
    "POST /us er",
    "POST /usér",
  ])("is refused when it is %j", (text) => {
    expect(() => parseAction(text)).toThrow(MalformedForm);
  });
});

describe("fields become JSON:", () => {
  const decode = (text: string) => JSON.parse(JSON.stringify(decodeForm(new URLSearchParams(text)))) as Json;

  test("text keeps its words, with line ends as the API wants them", () => {
    expect(decode("title=a+b&body=one%0D%0Atwo")).toEqual({ title: "a b", body: "one\ntwo" });
  });

  test("of a hidden false and a tick the last counts", () => {
    expect(decode("private%3Aboolean=false&private%3Aboolean=true&draft%3Aboolean=false")).toEqual({
      private: true,
      draft: false,
    });
  });

  test("numbers are numbers, empty ones are left out, what is none stays for the API to name", () => {
    expect(decode("a:number=12&b:number=&c:number=twelve&d:number=1e999")).toEqual({
      a: 12,
      c: "twelve",
      d: "1e999",
    });
  });

  test("a question mark makes empty null", () => {
    expect(decode("milestone:number?=&due?=&title=")).toEqual({ milestone: null, due: null, title: "" });
  });

  test("lists keep their order; a single empty one is an empty list", () => {
    expect(decode("labels[]=b&labels[]=a&assignees[]=&ids[]:number=3&ids[]:number=")).toEqual({
      labels: ["b", "a"],
      assignees: [],
      ids: [3],
    });
  });

  test("dots go deeper", () => {
    expect(decode("config.url=x&config.insecure:boolean=on&name=web")).toEqual({
      config: { url: "x", insecure: true },
      name: "web",
    });
  });

  test("the convention's own fields are not sent", () => {
    expect(decode("_action=POST+/x&_key=k&_redirect=/&name=n")).toEqual({ name: "n" });
  });

  test.each(["__proto__=1", "constructor.prototype.x=1", "a.prototype=1", "a.__proto__.b=1"])(
    "%j changes no prototype",
    (text) => {
      try {
        decodeForm(new URLSearchParams(text));
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedForm);
      }
      expect(({} as { x?: unknown; b?: unknown }).x).toBeUndefined();
      expect(({} as { b?: unknown }).b).toBeUndefined();
    },
  );

  test.each([
    "a=1&a[]=2",
    "a[]=1&a=2",
    "a=1&a.b=2",
    "a.b=1&a=2",
    "a.b.c.d.e.f=1",
    "a..b=1",
    "a:date=1",
    "1=2",
  ])("%j is refused rather than guessed", (text) => {
    expect(() => decodeForm(new URLSearchParams(text))).toThrow(MalformedForm);
  });

  test("a form of a thousand and one fields is refused", () => {
    expect(() => decodeForm(Array.from({ length: 1001 }, (_, index) => [`f${index}`, ""] as const))).toThrow(
      MalformedForm,
    );
  });

  test("what is encoded decodes to the same", () => {
    const name = fc
      .stringMatching(/^[a-z][a-z_]{0,8}$/)
      .filter((one) => !["constructor", "prototype"].includes(one));
    const text = fc.string().map((one) => one.replaceAll("\r\n", "\n"));
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (one === 0 ? 0 : one));
    const plain = fc.oneof(text, number, fc.boolean(), fc.constant(null));
    const list = fc.array(fc.oneof(text.filter(Boolean), number), { maxLength: 4 }).map((all) => {
      const first = typeof all[0];
      return all.filter((one) => typeof one === first);
    });
    const value = fc.oneof(plain, list, fc.dictionary(name, plain, { minKeys: 1, maxKeys: 3 }));
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 6 }), (body) => {
        const sent = new URLSearchParams(encodeForm(body).map(([key, one]) => [key, one]));
        expect(JSON.parse(JSON.stringify(decodeForm(sent)))).toEqual(JSON.parse(JSON.stringify(body)));
      }),
    );
  });

  test("a field is called as the API calls it", () => {
    expect(["private:boolean", "labels[]", "ids[]:number", "config.url", "due?"].map(apiName)).toEqual([
      "private",
      "labels",
      "ids",
      "config.url",
      "due",
    ]);
  });
});

describe("after success the visitor goes", () => {
  test("where the form says, with the answer's values encoded", () => {
    const answer = { number: 7, owner: { login: "a/b" } };
    expect(redirectTarget("/{owner.login}/demo/issues/{number}", answer, "/here")).toBe(
      "/a%2Fb/demo/issues/7",
    );
  });

  test("a value that is a path keeps its slashes, and nothing else", () => {
    expect(redirectTarget("/alice/demo/{+to}", { to: "blob/main/a b?#.ts" }, "/here")).toBe(
      "/alice/demo/blob/main/a%20b%3F%23.ts",
    );
    expect(redirectTarget("{+to}", { to: "//evil.example" }, "/here")).toBe("/here");
  });

  test("to the same page when the form says nothing", () => {
    expect(redirectTarget(undefined, {}, "/here?x=1")).toBe("/here?x=1");
  });

  test.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/{url}/x",
    "/a\nb",
  ])("never to another site: %j", (template) => {
    expect(redirectTarget(template, { url: "" }, "/here")).toBe("/here");
  });

  test("an inherited property of the answer is no value", () => {
    expect(redirectTarget("/x/{constructor.name}", {}, "/here")).toBe("/x/");
  });
});
