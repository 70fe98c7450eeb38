const browsers = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/Chrom(?:e|ium)\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
  [/^curl\//, "curl"],
] as const;

const systems = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
] as const;

/** What a browser says it is, in words: "Firefox on Linux". Unknown programs are named by the beginning of what they say. */
export function deviceOf(userAgent: string | null): { readonly name: string; readonly mobile: boolean } {
  if (userAgent === null || userAgent === "") return { name: "Unknown program", mobile: false };
  const find = (known: readonly (readonly [RegExp, string])[]) =>
    known.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = find(browsers) ?? userAgent.split(/[\s/(]/)[0] ?? "Unknown program";
  const system = find(systems);
  return {
    name: system === undefined ? browser : `${browser} on ${system}`,
    mobile: /\b(?:iPhone|iPad|Android|Mobile)\b/.test(userAgent),
  };
}
