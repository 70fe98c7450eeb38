import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { IconButton } from "./icon-button.tsx";

/** Puts text on the clipboard, also where the page is served without TLS. Resolves to whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers offer the clipboard to secure pages only; a forge on a local network often has none.
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.style.position = "fixed";
    area.style.opacity = "0";
    const host = document.activeElement?.closest('[role="dialog"]') ?? document.body;
    const focused = document.activeElement;
    host.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }
}

/** Copies `text`, and says that it did for two seconds. */
export function CopyButton({
  text,
  label = "Copy",
  size,
}: {
  readonly text: string;
  readonly label?: string;
  readonly size?: "sm" | "md";
}) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const copy = async () => {
    if (!(await copyText(text))) return;
    clearTimeout(timer.current);
    setCopied(true);
    timer.current = setTimeout(() => setCopied(false), 2000);
  };
  return (
    <>
      <IconButton
        label={label}
        size={size}
        icon={copied ? <Check className="text-open" /> : <Copy />}
        onClick={() => void copy()}
        className="js-only"
      />
      <span className="sr-only" aria-live="polite">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}
