import type { Options as Schema } from "rehype-sanitize";

const aria = ["ariaDescribedBy", "ariaLabel", "ariaLabelledBy"];
const alertKinds = /^markdown-alert-(?:note|tip|important|warning|caution)$/;

/**
 * What HTML survives in rendered Markdown: GitHub's list without what a page can be disturbed with (classes, styles,
 * forms, access keys, tab order). Ids and names get `prefix`, so that they never shadow those of the page.
 */
export function sanitizeSchema(prefix: string): Schema {
  return {
    tagNames: [
      ..."a abbr b bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption".split(
        " ",
      ),
      ..."figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p picture pre q rp rt ruby s samp section".split(
        " ",
      ),
      ..."small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt ul var wbr".split(
        " ",
      ),
    ],
    attributes: {
      "*": [
        ..."align alt border cellPadding cellSpacing char clear colSpan compact dateTime dir headers height".split(
          " ",
        ),
        ..."hSpace id lang noShade noWrap open reversed rowSpan scope span start summary title vAlign value".split(
          " ",
        ),
        ..."vSpace width".split(" "),
      ],
      a: [
        ...aria,
        "dataFootnoteBackref",
        "dataFootnoteRef",
        ["className", "data-footnote-backref"],
        "href",
        "name",
      ],
      blockquote: ["cite"],
      code: [["className", /^language-./]],
      del: ["cite"],
      div: [["className", "markdown-alert", alertKinds]],
      h2: [["className", "sr-only"]],
      img: [...aria, "src"],
      input: [["disabled", true], ["type", "checkbox"], "checked"],
      ins: ["cite"],
      li: [["className", "task-list-item"]],
      ol: [
        ["className", "contains-task-list"],
        ["type", "1", "a", "A", "i", "I"],
      ],
      p: [["className", "markdown-alert-title"]],
      q: ["cite"],
      section: ["dataFootnotes", ["className", "footnotes"]],
      source: ["srcSet", "media"],
      ul: [["className", "contains-task-list"]],
    },
    required: { input: { disabled: true, type: "checkbox" } },
    protocols: {
      cite: ["http", "https"],
      href: ["http", "https", "irc", "ircs", "mailto", "xmpp"],
      src: ["http", "https"],
    },
    ancestors: {
      tbody: ["table"],
      td: ["table"],
      th: ["table"],
      thead: ["table"],
      tfoot: ["table"],
      tr: ["table"],
    },
    clobber: ["ariaDescribedBy", "ariaLabelledBy", "id", "name"],
    clobberPrefix: prefix,
    // The content of these is not text that anyone wrote for a reader.
    strip: [
      ..."applet base canvas embed frame frameset iframe link math meta noembed noframes noscript object".split(
        " ",
      ),
      ..."plaintext script select style svg template textarea title xmp".split(" "),
    ],
  };
}
