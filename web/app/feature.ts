import type { LucideIcon } from "lucide-react";
import { createContext, useContext } from "react";
import type { PaletteProvider } from "../ui/palette/provider.ts";
import type { Api } from "./api.ts";
import type { Frame } from "./frame.ts";
import type { AppRoute } from "./page.tsx";

/**
 * What a domain adds to the web: pages, entries in the places where navigation lives, and commands. The ordered list in
 * `features.ts` is the whole product; a feature that is not listed leaves no tab, no button and no setting.
 */
export interface Feature {
  readonly name: string;
  readonly routes: readonly AppRoute[];
  readonly entries?: readonly Entry[];
  /** Objects and verbs for the palette. Called in the browser only. */
  readonly palette?: (tools: PaletteTools) => PaletteProvider;
}

export interface PaletteTools {
  readonly api: Api;
  readonly frame: Frame;
  readonly go: (href: string) => void;
  /** The names in the path of the page on screen, such as `owner` and `repo`. */
  readonly params: Readonly<Record<string, string>>;
  readonly development: boolean;
}

/** One entry of a place: the rail, the tabs of a repository, of an organization, the list of settings. */
export interface Entry {
  readonly place: "rail" | "repository" | "organization" | "person" | "settings" | "admin";
  readonly name: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly href: (params: Readonly<Record<string, string>>) => string;
  /** Other addresses whose pages, and those below them, belong to this entry: `/pull` beside `/pulls`. */
  readonly also?: (params: Readonly<Record<string, string>>) => readonly string[];
  /** Smaller stands first; 100 when not said. */
  readonly order?: number;
  /** A shortcut, such as `g i`. */
  readonly keys?: string;
  /** Left out when false. `subject` is what the place is about: the repository, the organization; the frame for the rail. */
  readonly shown?: (subject: unknown) => boolean;
  readonly count?: (subject: unknown) => number | undefined;
}

export const FeaturesContext = createContext<readonly Feature[]>([]);

/** The entries of a place for its subject, in order. */
export function useEntries(place: Entry["place"], subject: unknown): readonly Entry[] {
  const features = useContext(FeaturesContext);
  return features
    .flatMap((feature) => feature.entries ?? [])
    .filter((entry) => entry.place === place && (entry.shown?.(subject) ?? true))
    .toSorted((a, b) => (a.order ?? 100) - (b.order ?? 100));
}
