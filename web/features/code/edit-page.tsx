import { usePage } from "../../app/page-context.ts";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { Editor } from "./editor.tsx";
import { codeHref } from "./hrefs.ts";
import { NoEdit } from "./no-edit.tsx";
import type { editPage } from "./routes.ts";

export default function EditPage({ params, data: { place } }: PageProps<typeof editPage>) {
  const { form } = usePage();
  const { branch, path } = place;
  const here = codeHref(params, "edit", branch, path);
  if (place.can.write !== true) return <NoEdit at={params} place={place} here={here} />;
  // What was typed before the file was deleted is shown all the same.
  if (place.can.edit !== true && !(place.kind === null && form)) {
    const folder = path.split("/").slice(0, -1).join("/");
    const name = path.slice(folder === "" ? 0 : folder.length + 1);
    return (
      <NoEdit
        at={params}
        place={place}
        here={here}
        reason={place.can.edit}
        action={
          place.kind === null && (
            <Button
              variant="primary"
              href={`${codeHref(params, "new", branch, folder)}?name=${encodeURIComponent(name)}`}
            >
              Create it
            </Button>
          )
        }
      />
    );
  }
  return (
    <Content wide className="max-w-[1440px]">
      <h1 className="sr-only">Edit {path}</h1>
      <div className="mb-3">
        <Breadcrumb at={params} gitRef={branch} path={path} />
      </div>
      <Editor key={here} at={params} place={place} file={path} path={path} />
    </Content>
  );
}
