import { useMatches, useRouter } from "@tanstack/react-router";
import { Contrast, Keyboard, Monitor, Moon, PanelLeft, Sun } from "lucide-react";
import { lazy, Suspense, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { bindShortcut, listenToKeys, useShortcut } from "../ui/keyboard/shortcuts.ts";
import { usePalette, type PaletteItem, type PaletteProvider } from "../ui/palette/provider.ts";
import { useApi } from "./api-context.ts";
import { commandsStore, openHelp, openPalette } from "./commands-store.ts";
import { FeaturesContext, useEntries, type Entry, type Feature, type PaletteTools } from "./feature.ts";
import { useFrame } from "./frame.ts";
import { visit } from "./navigation.ts";
import { usePage } from "./page-context.ts";
import { toggleRail } from "./rail.tsx";
import { chooseLook } from "./theme-menu.tsx";

const Palette = lazy(() => import("../ui/palette/palette.tsx"));
const ShortcutHelp = lazy(() => import("../ui/keyboard/shortcut-help.tsx"));
const close = (): void => commandsStore.set(undefined);

/** The keyboard of the whole application: the palette, the help, and a key for every entry that has one. */
export function Commands() {
  const router = useRouter();
  const open = useSyncExternalStore(commandsStore.subscribe, commandsStore.get, () => undefined);
  // Their code is fetched when they are first opened; then they stay, to be seen closing.
  const [used, setUsed] = useState<ReadonlySet<string>>(new Set());
  if (open !== undefined && !used.has(open)) setUsed(new Set([...used, open]));
  const go = (href: string): void => visit(router, href);
  const frame = useFrame();
  const api = useApi();
  const { development } = usePage();
  const features = useContext(FeaturesContext);
  const params =
    useMatches({
      select: (matches) => matches.at(-1)?.params as Readonly<Record<string, string>> | undefined,
    }) ?? {};
  const entries = useEntries("rail", frame);

  useEffect(() => listenToKeys(), []);
  useShortcut({
    keys: "mod+k",
    label: "Search and commands",
    group: "Everywhere",
    run: openPalette,
    whileTyping: true,
  });
  useShortcut({ keys: "?", label: "This list", group: "Everywhere", run: openHelp });
  useShortcut({ keys: "[", label: "Collapse or expand navigation", group: "Everywhere", run: toggleRail });
  useEntryKeys(entries, {}, go);
  usePalette(appearance);
  usePalette({ group: "Go to", items: () => entries.map((entry) => entryItem(entry, {})) });
  return (
    <>
      {features.map((feature) =>
        feature.palette ? (
          <Provider key={feature.name} feature={feature} tools={{ api, frame, go, params, development }} />
        ) : null,
      )}
      <Suspense>
        {used.has("palette") && <Palette open={open === "palette"} onClose={close} go={go} />}
        {used.has("help") && <ShortcutHelp open={open === "help"} onClose={close} />}
      </Suspense>
    </>
  );
}

function Provider({ feature, tools }: { readonly feature: Feature; readonly tools: PaletteTools }) {
  usePalette(feature.palette?.(tools) ?? nothing);
  return null;
}

const nothing: PaletteProvider = { group: "" };

/** Binds the keys of a place's entries while it is on screen: tabs of a repository do this for theirs. */
export function useEntryKeys(
  entries: readonly Entry[],
  params: Readonly<Record<string, string>>,
  go: (href: string) => void,
): void {
  const key = entries.map(({ keys, href }) => `${keys} ${href(params)}`).join("\n");
  useEffect(() => {
    const unbind = entries.flatMap(({ keys, label, href }) =>
      keys === undefined ? [] : [bindShortcut({ keys, label, group: "Go to", run: () => go(href(params)) })],
    );
    return () => {
      for (const one of unbind) one();
    };
    // The text says all that matters of the entries.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);
}

/** An entry as a line of the palette. */
export const entryItem = (
  { name, label, icon: Icon, href, keys }: Entry,
  params: Readonly<Record<string, string>>,
): PaletteItem => ({
  id: `go-${name}`,
  title: label,
  icon: <Icon aria-hidden="true" />,
  href: href(params),
  keys,
});

const appearance: PaletteProvider = {
  group: "Appearance",
  items: () => [
    {
      id: "theme-light",
      title: "Light theme",
      words: "appearance",
      icon: <Sun />,
      run: () => chooseLook("theme", "light"),
    },
    {
      id: "theme-dark",
      title: "Dark theme",
      words: "appearance night",
      icon: <Moon />,
      run: () => chooseLook("theme", "dark"),
    },
    {
      id: "theme-system",
      title: "Theme of the system",
      icon: <Monitor />,
      run: () => chooseLook("theme", undefined),
    },
    {
      id: "contrast-more",
      title: "More contrast",
      icon: <Contrast />,
      run: () => chooseLook("contrast", "more"),
    },
    {
      id: "contrast-normal",
      title: "Normal contrast",
      icon: <Contrast />,
      run: () => chooseLook("contrast", undefined),
    },
    { id: "rail", title: "Collapse or expand navigation", keys: "[", icon: <PanelLeft />, run: toggleRail },
    { id: "help", title: "Keyboard shortcuts", keys: "?", icon: <Keyboard />, run: openHelp },
  ],
};
