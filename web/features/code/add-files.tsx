import { FilePlus, Upload } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { codeHref, type At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  readonly branch: string;
  readonly folder: string;
}

/** Ways to put files into a folder from here. */
export const AddFiles = ({ at, branch, folder }: Props) => (
  <span className="flex gap-2">
    <Button href={codeHref(at, "new", branch, folder)} icon={<FilePlus aria-hidden="true" />}>
      <span className="max-sm:sr-only">New file</span>
    </Button>
    <Button href={codeHref(at, "upload", branch, folder)} icon={<Upload aria-hidden="true" />}>
      <span className="max-sm:sr-only">Upload</span>
    </Button>
  </span>
);
