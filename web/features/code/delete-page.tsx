import { lazy, Suspense, useRef, useState } from "react";
import { ActionForm } from "../../app/action-form.tsx";
import { usePage } from "../../app/page-context.ts";
import type { PageProps } from "../../app/page.tsx";
import { path as address } from "../../app/paths.ts";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Between } from "./between.tsx";
import { CommitBox } from "./commit-box.tsx";
import { useCommitKey } from "./editor.tsx";
import { codeHref } from "./hrefs.ts";
import { NoEdit } from "./no-edit.tsx";
import type { deletePage } from "./routes.ts";

type Props = PageProps<typeof deletePage>;

const ChangePreview = lazy(() => import("./change-preview.tsx"));

export default function DeletePage(props: Props) {
  const { params, data } = props;
  const { place } = data;
  const here = codeHref(params, "delete", place.branch, place.path);
  if (place.can.write !== true) return <NoEdit at={params} place={place} here={here} />;
  const reason =
    place.kind === null
      ? "There is no file here"
      : place.kind === "directory" || place.kind === "submodule"
        ? "Only files are deleted here, one at a time"
        : null;
  if (reason !== null) return <NoEdit at={params} place={place} here={here} reason={reason} />;
  return <DeleteForm key={here} {...props} />;
}

function DeleteForm({ params, data: { place } }: Props) {
  const { form } = usePage();
  const typed = form?.form === "commit" ? new Map(form.typed) : undefined;
  const [begun] = useState({ head: typed?.get("expected_head") ?? place.head, oid: place.oid });
  const around = useRef<HTMLDivElement>(null);
  useCommitKey(around);
  return (
    <Content wide className="max-w-[1440px]">
      <PageHead title={`Delete ${place.path}`} about={`From ${place.branch}. The history keeps it.`} />
      <ActionForm
        id="commit"
        action={address`POST /_web/repos/${params.owner}/${params.repo}/commits`}
        redirect={address`/${params.owner}/${params.repo}/` + "{+to}"}
        values={{
          branch: place.branch,
          expected_head: begun.head,
          change: { path: place.path, delete: true },
        }}
      >
        <div ref={around}>
          <CommitBox
            danger
            place={place}
            title={`Delete ${place.path.split("/").at(-1)}`}
            cancel={codeHref(params, "blob", place.branch, place.path)}
          >
            <Between at={params} place={place} begun={begun} returned={typed !== undefined} />
          </CommitBox>
          <section aria-label="What goes" className="js-only mt-6">
            <Suspense fallback={<Skeleton lines={4} height={22} />}>
              <ChangePreview at={params} branch={place.branch} within={around} show="diff" asked={1} />
            </Suspense>
          </section>
        </div>
      </ActionForm>
    </Content>
  );
}
