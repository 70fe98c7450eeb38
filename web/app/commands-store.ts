export type Open = "palette" | "help" | undefined;

let open: Open;
const listeners = new Set<() => void>();

/** Which of the two surfaces of commands is open. */
export const commandsStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): Open => open,
  set: (next: Open): void => {
    open = next;
    for (const listener of listeners) listener();
  },
};

export const openPalette = (): void => commandsStore.set("palette");
export const openHelp = (): void => commandsStore.set("help");
