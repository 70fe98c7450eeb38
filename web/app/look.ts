/** How the frame looks, kept in cookies so that the server draws it right, and read again before the first paint. */
export interface Look {
  readonly theme: "light" | "dark" | undefined;
  readonly contrast: "more" | "normal" | undefined;
  readonly rail: "narrow" | undefined;
}

export const lookNames = ["theme", "contrast", "rail"] as const;

const allowed: Readonly<Record<keyof Look, readonly string[]>> = {
  theme: ["light", "dark"],
  contrast: ["more", "normal"],
  rail: ["narrow"],
};

/** Reads the look from a `Cookie` header; anything unknown is the system's choice. */
export function readLook(cookies: string): Look {
  const look: Record<string, string | undefined> = {};
  for (const name of lookNames) {
    const value = new RegExp(`(?:^|;\\s*)wit_${name}=([a-z]+)`).exec(cookies)?.[1];
    look[name] = value !== undefined && allowed[name].includes(value) ? value : undefined;
  }
  return look as unknown as Look;
}

/**
 * Runs before the first paint, for a page that a cache or the back button brought with another look than the cookies' now.
 * Also says that JavaScript runs. Takes no value from outside but `[a-z]+`.
 */
export const lookScript = `(()=>{const d=document.documentElement.dataset;d.js="";for(const n of ${JSON.stringify(lookNames)}){const m=document.cookie.match("(?:^|; *)wit_"+n+"=([a-z]+)");m?d[n]=m[1]:delete d[n]}})()`;

/** Changes the look now and for a year. `undefined` returns to the system's choice. */
export function setLook<Name extends keyof Look>(name: Name, value: Look[Name]): void {
  const data = document.documentElement.dataset;
  if (value === undefined) delete data[name];
  else data[name] = value;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = value === undefined ? 0 : 31_536_000;
  document.cookie = `wit_${name}=${value ?? ""}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}

/** The look as it is now, in the browser. */
export const currentLook = (): Look => readLook(document.cookie);
