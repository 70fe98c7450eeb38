import type { PageProps } from "../../app/page.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Editor } from "./editor.tsx";
import { codeHref } from "./hrefs.ts";
import { NoEdit } from "./no-edit.tsx";
import type { newFilePage } from "./routes.ts";

export default function NewFilePage({ params, search, data: { place } }: PageProps<typeof newFilePage>) {
  const { branch, path } = place;
  const here = codeHref(params, "new", branch, path);
  if (place.can.write !== true) return <NoEdit at={params} place={place} here={here} />;
  const folder = path === "" ? "" : `${path}/`;
  return (
    <Content wide className="max-w-[1440px]">
      <PageHead title="New file" about={`On ${branch}`} />
      <Editor
        key={here}
        at={params}
        place={{ ...place, text: "" }}
        path={folder + (search.get("name") ?? "")}
      />
    </Content>
  );
}
