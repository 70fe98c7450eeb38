import { useRouter } from "@tanstack/react-router";
import { visit } from "../../app/navigation.ts";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";

/** `y` leads to the same page at its commit: an address that never changes what it shows. */
export function usePermalinkKey(href: string): void {
  const router = useRouter();
  useShortcut({
    keys: "y",
    label: "Address that stays as it is",
    group: "This page",
    run: () => visit(router, href + location.hash),
  });
}
