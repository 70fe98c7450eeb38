import type { Element, Root } from "hast";
import { visit } from "unist-util-visit";

/** Where relative addresses of a document lead. All are paths or URLs that end in a slash. */
export type AddressBases = {
  /** The folder that relative links start from. */
  linkBase?: string;
  /** The folder that links beginning with one slash start from; without it those are left alone. */
  linkRoot?: string;
  /** The same two for images. */
  imageBase?: string;
  imageRoot?: string;
};

/** A scheme no address has, to resolve paths without a host of their own. */
const nowhere = "http://nowhere.invalid";
const allowedProtocols = new Set(["http:", "https:", "mailto:", "irc:", "ircs:", "xmpp:"]);

/** Completes the addresses of links and images and marks links that leave the forge (`forgeUrl`, no trailing slash). */
export function completeAddresses(tree: Root, bases: AddressBases, forgeUrl: string, prefix: string): void {
  const ids = new Set<string>();
  visit(tree, "element", (node) => {
    if (typeof node.properties.id === "string") ids.add(node.properties.id);
  });
  visit(tree, "element", (node) => {
    if (node.tagName === "a") completeLink(node, bases, forgeUrl, prefix, ids);
    if (node.tagName === "img") completeImage(node, bases);
    if (node.tagName === "source") completeSource(node, bases);
  });
}

function completeLink(
  node: Element,
  bases: AddressBases,
  forgeUrl: string,
  prefix: string,
  ids: Set<string>,
): void {
  const written = node.properties.href;
  if (typeof written !== "string") return;
  if (written.startsWith("#")) {
    node.properties.href = written === "#" ? written : `#${fragmentId(written.slice(1), prefix, ids)}`;
    return;
  }
  const href = complete(written, bases.linkBase, bases.linkRoot);
  if (href === null) {
    delete node.properties.href;
    return;
  }
  node.properties.href = href;
  if (isForeign(href, forgeUrl)) node.properties.rel = ["nofollow", "noopener"];
}

function fragmentId(fragment: string, prefix: string, ids: Set<string>): string {
  if (fragment.startsWith(prefix)) return fragment;
  const lower = prefix + fragment.toLowerCase();
  return !ids.has(prefix + fragment) && ids.has(lower) ? lower : prefix + fragment;
}

function completeImage(node: Element, bases: AddressBases): void {
  const written = node.properties.src;
  const src = typeof written === "string" ? imageAddress(written, bases) : null;
  if (src === null) delete node.properties.src;
  else node.properties.src = src;
  node.properties.alt ??= "";
  node.properties.loading = "lazy";
  node.properties.referrerPolicy = "no-referrer";
}

/** `srcset`, https://html.spec.whatwg.org/#srcset-attribute, for addresses without a comma. */
function completeSource(node: Element, bases: AddressBases): void {
  const written = node.properties.srcSet;
  const list = (Array.isArray(written) ? written.map(String) : [written ?? ""]).join(",");
  const candidates = list.split(",").map((candidate) => {
    const [url = "", descriptor, ...more] = candidate.trim().split(/\s+/);
    const src = imageAddress(url, bases);
    if (src === null || more.length > 0 || (descriptor && !/^\d{1,5}(?:\.\d{1,3})?[wx]$/.test(descriptor)))
      return null;
    return descriptor ? `${src} ${descriptor}` : src;
  });
  if (candidates.includes(null) || list === "") delete node.properties.srcSet;
  else node.properties.srcSet = candidates.join(", ");
}

function imageAddress(written: string, bases: AddressBases): string | null {
  const src = complete(written, bases.imageBase, bases.imageRoot);
  return src === null || /^(?!https?:)[a-z][a-z0-9+.-]*:/i.test(src) ? null : src;
}

/** The address to use for a written one, or null when it is none that may be followed. */
function complete(written: string, base: string | undefined, root: string | undefined): string | null {
  // Browsers drop these inside an address, which could turn a path into a scheme.
  const address = written.replace(/[\t\n\r]/g, "").trim();
  if (address === "") return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(address) || /^[\\/]{2}/.test(address)) {
    const url = URL.parse(address, "https://nowhere.invalid");
    return url && allowedProtocols.has(url.protocol) ? address : null;
  }
  const rooted = address.startsWith("/");
  const from = rooted ? root : base;
  if (from === undefined) return address;
  const url = URL.parse(rooted ? address.slice(1) : address, new URL(from, nowhere));
  if (!url) return null;
  return url.origin === nowhere ? url.pathname + url.search + url.hash : url.href;
}

function isForeign(href: string, forgeUrl: string): boolean {
  const url = URL.parse(href, forgeUrl);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin !== new URL(forgeUrl).origin;
}
