import "./code.css";
import { Link } from "../../ui/link.tsx";
import { Panel } from "../../ui/page-frame.tsx";
import { SeenText } from "../../ui/seen-text.tsx";
import { codeHref, type At } from "./hrefs.ts";
import type { FolderData } from "./tree-page.tsx";

/** A folder of thousands as what it is called in it: light enough to be searched as a whole. */
export function FolderNames({ at, folder }: { readonly at: At; readonly folder: FolderData }) {
  const { entries, revision, path } = folder;
  const total = `${folder.total.toLocaleString("en")} entries`;
  return (
    <Panel
      head={
        <>
          <span className="tabular text-ink-2">
            {entries.length < folder.total
              ? `The first ${entries.length.toLocaleString("en")} of ${total}`
              : total}
          </span>
          <span className="grow" />
          <Link href={codeHref(at, "tree", revision.name, path)}>With their last commits</Link>
        </>
      }
    >
      <ul className="folder-names">
        {entries.map(({ name, path: file, kind }) => (
          <li key={name}>
            {kind === "submodule" ? (
              name
            ) : (
              <a href={codeHref(at, kind === "directory" ? "tree" : "blob", revision.name, file)}>
                <SeenText text={kind === "directory" ? `${name}/` : name} />
              </a>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
