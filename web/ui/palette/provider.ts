import { useEffect, useRef, type ReactNode } from "react";

/** One line of the palette: an object to open or a verb to do. */
export interface PaletteItem {
  readonly id: string;
  readonly title: string;
  /** Grey, at the end of the line: the repository, the state. */
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  readonly keys?: string | undefined;
  /** Other words that find it. */
  readonly words?: string | undefined;
  readonly href?: string | undefined;
  readonly run?: (() => void) | undefined;
}

/** A source of lines under one heading. */
export interface PaletteProvider {
  readonly group: string;
  /** At hand at once: found by the palette's own matching. */
  readonly items?: () => readonly PaletteItem[];
  /** Asked for every text of two characters and more, after a pause; its lines stand as they come. */
  readonly search?: (text: string, signal: AbortSignal) => Promise<readonly PaletteItem[]>;
}

const providers: { readonly current: () => PaletteProvider }[] = [];

/** Offers lines while the component is mounted. Pages add their own verbs this way; the latest stand first. */
export function usePalette(provider: PaletteProvider): void {
  const latest = useRef(provider);
  useEffect(() => {
    latest.current = provider;
  });
  useEffect(() => {
    const entry = { current: () => latest.current };
    providers.push(entry);
    return () => {
      providers.splice(providers.indexOf(entry), 1);
    };
  }, []);
}

/** Every provider now, latest first. */
export const paletteProviders = (): readonly PaletteProvider[] =>
  providers.toReversed().map(({ current }) => current());
