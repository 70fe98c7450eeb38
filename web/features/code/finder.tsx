import { useRouter } from "@tanstack/react-router";
import { FileSearch } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { visit } from "../../app/navigation.ts";
import { Button } from "../../ui/button.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { codeHref, type At } from "./hrefs.ts";

const load = () => import("./finder-dialog.tsx");
const FinderDialog = lazy(load);

/** Opens the list of all files, to find one by typing parts of its path. */
export function FinderButton({ at, gitRef }: { readonly at: At; readonly gitRef: string }) {
  const router = useRouter();
  const [open, setOpen] = useState<boolean>();
  useShortcut({ keys: "t", label: "Go to file", group: "This page", run: () => setOpen(true) });
  return (
    <>
      <Button
        className="js-only"
        keys="t"
        icon={<FileSearch aria-hidden="true" />}
        onPointerEnter={() => void load()}
        onClick={() => setOpen(true)}
      >
        <span className="max-sm:sr-only">Go to file</span>
      </Button>
      {open !== undefined && (
        <Suspense>
          <FinderDialog
            at={at}
            gitRef={gitRef}
            open={open}
            onClose={() => setOpen(false)}
            onChoose={(file) => {
              setOpen(false);
              visit(router, codeHref(at, "blob", gitRef, file));
            }}
          />
        </Suspense>
      )}
    </>
  );
}
