/** GitHub's media types: the same address, another form of the answer. */
export type Media = "json" | "raw" | "diff" | "patch" | "sha" | "object";

/** What the client asked for (`application/vnd.github.diff`, also with `.v3` and `+json`). */
export function mediaOf(headers: Headers): Media {
  const [, kind] =
    /application\/vnd\.github\.(?:v3\.)?(raw|diff|patch|sha|object)\b/.exec(headers.get("accept") ?? "") ??
    [];
  return (kind as Media | undefined) ?? "json";
}

/** Headers under which no browser runs what users wrote, wherever it is opened. */
export const inert: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  "cross-origin-resource-policy": "same-origin",
};

/** Plain text of a media type. */
export function textAnswer(text: string | Uint8Array<ArrayBuffer>, media: Exclude<Media, "json">): Response {
  return new Response(text, {
    headers: { ...inert, "content-type": `application/vnd.github.${media}; charset=utf-8` },
  });
}

/** What browsers show and cannot be made to run. SVG can hold scripts, which the sandbox of `inert` keeps from running. */
const images: Readonly<Record<string, string>> = {
  avif: "image/avif",
  bmp: "image/bmp",
  gif: "image/gif",
  ico: "image/x-icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  webp: "image/webp",
};

/** Of a file's name, in small letters; empty without one. */
export const extensionOf = (path: string) => /\.([a-z0-9]{1,5})$/i.exec(path)?.[1]?.toLowerCase() ?? "";

/** The type under which a file is an image, by its name. */
export const imageType = (path: string): string | null => images[extensionOf(path)] ?? null;
