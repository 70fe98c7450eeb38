import { Download, FileArchive } from "lucide-react";
import { buttonClass } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { archiveHref, type At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  /** What is shown, and so downloaded. */
  readonly revision: { readonly kind: "branch" | "tag" | "commit" | "other"; readonly name: string };
  readonly clone: { readonly http: string; readonly ssh: string };
}

/** How to get the code: an address for each way, to copy. Opens without JavaScript. */
export function CloneBox({ at, revision, clone }: Props) {
  const ways = [
    {
      name: clone.http.startsWith("https") ? "HTTPS" : "HTTP",
      text: clone.http,
      hint: "Your user name, and an access token as the password.",
    },
    { name: "SSH", text: clone.ssh, hint: "With a key from your settings." },
  ];
  return (
    <Disclosure
      className={buttonClass({ variant: "primary" })}
      label={
        <>
          <Download aria-hidden="true" />
          <span className="max-sm:sr-only">Clone</span>
        </>
      }
    >
      <div className="flex w-[min(26rem,calc(100vw-2rem))] flex-col gap-3 p-3">
        {ways.map((way) => (
          <Way key={way.name} {...way} />
        ))}
        <div className="flex flex-wrap gap-2 border-t border-line pt-3">
          {(["zip", "tar.gz"] as const).map((format) => (
            <a key={format} href={archiveHref(at, revision, format)} download="" className={buttonClass({})}>
              <FileArchive aria-hidden="true" />
              Download {format}
            </a>
          ))}
        </div>
      </div>
    </Disclosure>
  );
}

function Way({ name, text, hint }: { readonly name: string; readonly text: string; readonly hint: string }) {
  return (
    <div>
      <p className="mb-1 text-sm font-medium">{name}</p>
      <div className="flex items-center gap-1">
        <input
          className="control mono small"
          readOnly
          aria-label={`${name} address`}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={text} label={`Copy ${name} address`} />
      </div>
      <p className="mt-1 text-xs text-ink-2">{hint}</p>
    </div>
  );
}
