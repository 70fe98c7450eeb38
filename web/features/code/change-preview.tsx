import { useEffect, useState, type RefObject } from "react";
import { webPreviewChanges } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import { asApiError } from "../../app/api.ts";
import { decodeForm } from "../../app/form-body.ts";
import { Notice } from "../../ui/form.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Diff } from "../diff/diff.tsx";
import type { At } from "./hrefs.ts";

type Body = Parameters<typeof webPreviewChanges>[2];
type Shown = Awaited<ReturnType<typeof webPreviewChanges>>["data"];

interface Props {
  readonly at: At;
  readonly branch: string;
  /** Something in the form whose fields are the change. */
  readonly within: RefObject<HTMLElement | null>;
  readonly show: "text" | "diff";
  /** Another number asks anew. */
  readonly asked: number;
}

/** What the form would commit, as the server sees it: the diff, or a Markdown file as it will be read. */
export default function ChangePreview({ at: { owner, repo }, branch, within, show, asked }: Props) {
  const api = useApi();
  const [shown, setShown] = useState<Shown | string>();
  useEffect(() => {
    const form = within.current?.closest("form");
    if (!form || asked === 0) return undefined;
    let left = false;
    const fields = [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as const] : [],
    );
    webPreviewChanges(api.call, { owner, repo }, decodeForm(fields) as unknown as Body).then(
      ({ data }) => !left && setShown(data),
      (error: unknown) => {
        const { message, errors } = asApiError(error);
        if (!left) setShown(errors[0]?.message ?? message);
      },
    );
    return () => {
      left = true;
    };
  }, [api, owner, repo, within, asked]);
  if (shown === undefined) return <Skeleton lines={4} height={22} />;
  if (typeof shown === "string") return <Notice tone="warning">{shown}</Notice>;
  if (show === "text")
    return <Markdown html={shown.html ?? ""} className="mx-auto max-w-[900px] px-2 py-4 sm:px-8" />;
  if (shown.diff.files.length === 0)
    return <p className="py-6 text-center text-ink-2">Nothing changes yet.</p>;
  return <Diff files={shown.diff.files} repository={`${owner}/${repo}`} head={branch} mode="unified" />;
}
