/** The answer shapes of a diff as pages draw it. */
import { z } from "zod";
import { fileGroups } from "./reading-order.ts";

const pointerShape = z.object({ oid: z.string().describe("SHA-256"), size: z.int().describe("Bytes") });

const listedFile = {
  path: z.string(),
  old_path: z.string().nullable().describe("Before a rename, or of what was copied"),
  status: z.enum(["added", "deleted", "modified", "renamed", "copied", "type-changed"]),
  new_oid: z.string().nullable(),
  additions: z.int(),
  deletions: z.int(),
  group: z.enum(fileGroups).describe("What kind of reading it is"),
};

export const diffFileShape = z
  .object({
    ...listedFile,
    similarity: z.int().nullable().describe("Percent, of renamed and copied files"),
    old_mode: z.string().nullable(),
    new_mode: z.string().nullable(),
    old_oid: z.string().nullable(),
    binary: z.boolean(),
    undiffed: z.boolean().describe("`.gitattributes` say that its lines are not shown"),
    submodule: z.boolean(),
    submodule_page: z
      .string()
      .nullable()
      .describe("The page of a submodule's repository, where `.gitmodules` lead to one"),
    image: z.boolean().describe("Browsers show it as a picture"),
    sizes: z
      .object({ old: z.int().nullable(), new: z.int().nullable() })
      .nullable()
      .describe("Bytes, of files without lines"),
    lfs: z
      .object({ old: pointerShape.nullable(), new: pointerShape.nullable() })
      .nullable()
      .describe("What pointers of Git LFS stand for"),
    truncated: z.boolean().describe("Too large to be shown among others: ask for it alone"),
    folded: z.string().nullable().describe("Why the file is not opened at first, as a sentence"),
    hunks: z.array(
      z.object({
        old_start: z.int(),
        old_lines: z.int(),
        new_start: z.int(),
        new_lines: z.int(),
        heading: z.string(),
        lines: z
          .array(z.string())
          .describe(
            "Each one sign (a space, `+` or `-`), then text and spans with classes; numbers follow from the place",
          ),
        no_newline: z
          .array(z.int())
          .optional()
          .describe("Which of them end their file without a newline, from 0"),
      }),
    ),
  })
  .meta({ id: "WebDiffFile" });

export const diffShape = z
  .object({
    files: z.array(diffFileShape),
    list: z
      .array(z.object(listedFile).meta({ id: "WebListedFile" }))
      .nullable()
      .describe("All files by name, at most 3000; null when they are all in `files`"),
    skipped: z.int().describe("Files before the first of `files`"),
    total_files: z.int(),
    additions: z.int(),
    deletions: z.int(),
    truncated: z.boolean().describe("Files, or diffs of files, were left out"),
    colours_later: z
      .boolean()
      .describe("Some lines are plain only because their colours are still being made"),
  })
  .meta({ id: "WebDiff" });

export type DiffView = z.input<typeof diffShape>;
export type FileView = z.input<typeof diffFileShape>;
