import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { copyText } from "../../ui/copy-button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { toast } from "../../ui/toast.ts";

/** Puts a file's content on the clipboard, as it is and not as it is drawn. */
export function CopyFile({ url }: { readonly url: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const answer = await fetch(url).catch(() => undefined);
    if (!answer?.ok) return toast({ title: "The file could not be read. Try again.", tone: "danger" });
    if (!(await copyText(await answer.text()))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <IconButton
      label={copied ? "Copied" : "Copy file"}
      icon={copied ? <Check className="text-open" /> : <Copy />}
      onClick={() => void copy()}
      className="js-only"
    />
  );
}
