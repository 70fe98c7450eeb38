import { FileDown } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { deep, path as address } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { FileView } from "./file-view.tsx";
import type { At } from "./hrefs.ts";
import { Picture, Player } from "./media-view.tsx";
import { NotebookView } from "./notebook-view.tsx";
import type { SayAt } from "./say-href.ts";
import { bytesText } from "./sizes.ts";
import type { blobPage } from "./routes.ts";
import { TableView } from "./table-view.tsx";

type File = PageProps<typeof blobPage>["data"]["file"];

/** A file of which git holds only a pointer. */
function LargeFile({ file, lfs }: { readonly file: File; readonly lfs: NonNullable<File["lfs"]> }) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-10 text-center text-ink-2">
      <p>
        This file lies in large file storage ({bytesText(lfs.size)})
        {lfs.held ? "." : ", but its content was never uploaded to this repository."}
      </p>
      {lfs.held && (
        <Button href={file.raw_url} icon={<FileDown aria-hidden="true" />}>
          Download
        </Button>
      )}
    </div>
  );
}

/** What is in a file, in the form in which it can be looked at. */
export function FileContent({
  at,
  file,
  plain,
  say,
}: {
  readonly at: At;
  readonly file: File;
  /** The address of the same file line by line. */
  readonly plain: string;
  readonly say: SayAt | undefined;
}) {
  if (file.lfs && !(file.lfs.held && (file.image || file.played)))
    return <LargeFile file={file} lfs={file.lfs} />;
  if (file.target !== null) {
    return (
      <p className="px-4 py-8 text-center text-ink-2">
        A symbolic link to{" "}
        <Link href={linkTarget(at, file)} className="font-mono text-code">
          {file.target}
        </Link>
      </p>
    );
  }
  if (file.image) return <Picture src={file.raw_url} alt={file.path} />;
  if (file.played && (file.binary || file.lfs))
    return <Player as={file.played} src={file.raw_url} label={file.path} />;
  if (file.binary) {
    return (
      <div className="flex flex-col items-center gap-3 px-4 py-10 text-ink-2">
        <p>A binary file of {bytesText(file.size)}.</p>
        <Button href={file.raw_url} icon={<FileDown aria-hidden="true" />}>
          Download
        </Button>
      </div>
    );
  }
  if (file.html !== null)
    return <Markdown html={file.html} className="mx-auto max-w-[900px] px-5 py-6 sm:px-8" />;
  if (file.table) return <TableView table={file.table} label={file.path} lines={plain} />;
  if (file.notebook) return <NotebookView notebook={file.notebook} lines={plain} />;
  if (file.size === 0) return <p className="px-4 py-8 text-center text-ink-2">An empty file.</p>;
  return (
    <>
      {file.truncated && (
        <div className="border-b border-line p-2">
          <Notice tone="warning">
            Only the beginning is shown: the file is {bytesText(file.size)} long.{" "}
            <Link href={file.raw_url}>Read all of it</Link>
          </Notice>
        </div>
      )}
      <FileView lines={file.lines} label={file.path} say={say} />
    </>
  );
}

/** Where a symbolic link leads within the repository; itself when it leads out of it. */
function linkTarget(at: At, file: File): string {
  const base = new URL(`http://x/${file.path}`);
  const url = new URL((file.target ?? "").split("/").map(encodeURIComponent).join("/"), base);
  const inside = decodeURIComponent(url.pathname.slice(1));
  return address`/${at.owner}/${at.repo}/blob/${deep(file.revision.name)}/${deep(inside)}`;
}
