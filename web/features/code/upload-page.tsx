import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { FileUp, X } from "lucide-react";
import { useRef, useState, type DragEvent, type FormEvent } from "react";
import { webCommitChanges } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import { asApiError } from "../../app/api.ts";
import { decodeForm } from "../../app/form-body.ts";
import { formState } from "../../app/form-state.ts";
import { visit } from "../../app/navigation.ts";
import type { PageProps } from "../../app/page.tsx";
import { deep, path as address } from "../../app/paths.ts";
import { Field } from "../../ui/field.tsx";
import { FormContext, type FormState } from "../../ui/form-context.ts";
import { Notice } from "../../ui/form.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { CommitBox } from "./commit-box.tsx";
import { useCommitKey } from "./editor.tsx";
import { codeHref } from "./hrefs.ts";
import { NoEdit } from "./no-edit.tsx";
import type { uploadPage } from "./routes.ts";
import { bytesText } from "./sizes.ts";

type Props = PageProps<typeof uploadPage>;
type Body = Parameters<typeof webCommitChanges>[2];

/** As the server takes them. */
const most = { files: 100, bytes: 10 * 1024 * 1024 };

export default function UploadPage(props: Props) {
  const { params, data } = props;
  const { place } = data;
  const here = codeHref(params, "upload", place.branch, place.path);
  if (place.can.write !== true) return <NoEdit at={params} place={place} here={here} />;
  if (place.kind !== null && place.kind !== "directory")
    return <NoEdit at={params} place={place} here={here} reason="Files are uploaded into a folder" />;
  return <UploadForm key={here} {...props} />;
}

function UploadForm({ params: at, data: { place } }: Props) {
  const api = useApi();
  const router = useRouter();
  const client = useQueryClient();
  const [seen] = useState(place.head);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [refused, setRefused] = useState<FormState>();
  const [pending, setPending] = useState(false);
  const around = useRef<HTMLDivElement>(null);
  useCommitKey(around);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const problem =
    files.length === 0
      ? "Choose the files first."
      : files.length > most.files
        ? `One commit takes at most ${most.files} files.`
        : size > most.bytes
          ? `One commit made here holds at most 10 MB, and these are ${bytesText(size)}. Push larger ones with git.`
          : null;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const fields = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as const] : [],
    );
    if (problem !== null) {
      setRefused({ form: "upload", typed: fields, errors: {}, message: problem });
      return;
    }
    setPending(true);
    try {
      const { folder = "", ...given } = decodeForm(fields) as { folder?: string };
      const changes = await Promise.all(
        files.map(async (file) => ({ path: pathOf(folder, file), content: await base64(file) })),
      );
      const body = { ...given, branch: place.branch, expected_head: seen, changes } as unknown as Body;
      const { data } = await webCommitChanges(api.call, { owner: at.owner, repo: at.repo }, body);
      await client.invalidateQueries({ refetchType: "none" });
      visit(router, address`/${at.owner}/${at.repo}/${deep(data.to)}`);
    } catch (error) {
      setRefused(formState("upload", fields, asApiError(error)));
    } finally {
      setPending(false);
    }
  };

  const add = (more: readonly File[]) => {
    setRefused(undefined);
    setFiles((before) => {
      const byName = new Map(before.map((file) => [file.name, file]));
      for (const file of more) byName.set(file.name, file);
      return [...byName.values()];
    });
  };
  return (
    <Content>
      <PageHead title="Upload files" about={`To ${place.branch}`} />
      <noscript>
        <div className="mb-4">
          <Notice tone="warning">
            Uploading needs JavaScript. Without it, make a text file on the page for new files, or push with
            git.
          </Notice>
        </div>
      </noscript>
      <form method="post" onSubmit={(event) => void submit(event)} aria-busy={pending || undefined}>
        <FormContext value={{ refused, pending }}>
          <div ref={around} className="flex max-w-prose flex-col gap-4">
            <Field
              name="folder"
              label="Folder"
              hint="Empty for the root. Folders that are not there are made."
            >
              <Input mono defaultValue={place.path} autoComplete="off" spellCheck={false} />
            </Field>
            <DropZone add={add} />
            <Chosen files={files} remove={(gone) => setFiles(files.filter((file) => file !== gone))} />
          </div>
          <CommitBox
            place={place}
            title={files.length === 1 ? `Update ${files[0]?.name}` : `Change ${files.length} files`}
            cancel={codeHref(at, "tree", place.branch, place.kind === null ? "" : place.path)}
          />
        </FormContext>
      </form>
    </Content>
  );
}

function DropZone({ add }: { readonly add: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files]);
  };
  return (
    <label
      className={`flex flex-col items-center gap-2 rounded-lg border border-dashed px-4 py-8 text-center text-ink-2 focus-within:outline-2 focus-within:outline-accent ${over ? "border-accent bg-accent-soft" : "border-line-strong"}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileUp aria-hidden="true" />
      <span>
        Drop files here, or <span className="font-medium text-accent-ink underline">choose them</span>
      </span>
      <span className="text-sm">A file of the same name in the folder is replaced.</span>
      <input
        type="file"
        multiple
        className="sr-only"
        onChange={(event) => {
          // A copy: the list is emptied with the field.
          add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}

function Chosen({
  files,
  remove,
}: {
  readonly files: readonly File[];
  readonly remove: (file: File) => void;
}) {
  return (
    <ul aria-label="Files to upload" aria-live="polite" className="flex flex-col">
      {files.map((file) => (
        <li key={file.name} className="flex h-8 items-center gap-2 border-b border-line text-sm">
          <span className="min-w-0 grow truncate font-mono text-code">{file.name}</span>
          <span className="tabular shrink-0 whitespace-nowrap text-ink-2">{bytesText(file.size)}</span>
          <IconButton
            size="sm"
            label={`Leave out ${file.name}`}
            icon={<X aria-hidden="true" />}
            onClick={() => remove(file)}
          />
        </li>
      ))}
    </ul>
  );
}

const pathOf = (folder: string, file: File): string => {
  const inside = folder.trim().replace(/^\/+|\/+$/g, "");
  return inside === "" ? file.name : `${inside}/${file.name}`;
};

/** The browser's own way from bytes to Base64, which holds for large files. */
function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const url = typeof reader.result === "string" ? reader.result : "";
      resolve(url.slice(url.indexOf(",") + 1));
    });
    reader.addEventListener("error", () => reject(reader.error ?? new Error("The file cannot be read")));
    reader.readAsDataURL(file);
  });
}
