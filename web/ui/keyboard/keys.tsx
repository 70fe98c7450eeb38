import { Fragment, useSyncExternalStore } from "react";
import { writeKeys } from "./parse-keys.ts";

const never = () => () => undefined;
const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** A shortcut as keys on a keyboard. The server draws those of most keyboards, a Mac redraws. */
export function Keys({ keys }: { readonly keys: string }) {
  const mac = useSyncExternalStore(never, isMac, () => false);
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-xs text-ink-3">
      {writeKeys(keys, mac).map((press, index) => (
        // A sequence may repeat a key.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          {index > 0 && <span className="text-[0.6875rem]">then</span>}
          {press.map((key) => (
            <kbd
              key={key}
              className="inline-grid h-[18px] min-w-[18px] place-items-center rounded-sm border border-line-strong bg-sunken px-1 font-sans! text-[0.6875rem]! leading-none text-ink-2"
            >
              {key}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
