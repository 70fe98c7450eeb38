import type { PageProps } from "../../app/page.tsx";
import type { webTree } from "../../../api/client.gen.ts";
import { Content } from "../../ui/page-frame.tsx";
import { AddFiles } from "./add-files.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { CodeSearchButton } from "./code-search-button.tsx";
import { FinderButton } from "./finder.tsx";
import { FolderTable, Readme } from "./folder.tsx";
import { codeHref } from "./hrefs.ts";
import { RefSwitcher } from "./ref-switcher.tsx";
import { usePermalinkKey } from "./permalink.ts";
import type { treePage } from "./routes.ts";

/** A folder with the last commit of every entry. */
export type FolderData = Awaited<ReturnType<typeof webTree>>["data"];

export default function TreePage({ params, data }: PageProps<typeof treePage>) {
  const { folder } = data;
  const { revision, path } = folder;
  usePermalinkKey(codeHref(params, "tree", revision.commit, path));
  return (
    <Content>
      <h1 className="sr-only">{path || revision.name}</h1>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <RefSwitcher at={params} revision={revision} href={(ref) => codeHref(params, "tree", ref, path)} />
        {path !== "" && <Breadcrumb at={params} gitRef={revision.name} path={path} />}
        <span className="grow" />
        <CodeSearchButton at={params} revision={revision} path={path} />
        <FinderButton at={params} gitRef={revision.name} />
        {revision.kind === "branch" && folder.write === true && (
          <AddFiles at={params} branch={revision.name} folder={path} />
        )}
      </div>
      <FolderTable at={params} folder={folder} />
      <Readme at={params} folder={folder} />
    </Content>
  );
}
