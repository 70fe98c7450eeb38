import { Contrast, Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu } from "../ui/menu.tsx";
import { currentLook, setLook, type Look } from "./look.ts";

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const snapshot = (): string => JSON.stringify(currentLook());
const unknown = "{}";

/** The look as the cookies say, live. Empty until hydrated. */
function useLook(): Partial<Look> {
  return JSON.parse(useSyncExternalStore(subscribe, snapshot, () => unknown)) as Partial<Look>;
}

/** Changes the look and tells whoever shows it. */
export function chooseLook<Name extends keyof Look>(name: Name, value: Look[Name]): void {
  setLook(name, value);
  for (const listener of listeners) listener();
}

/** Light, dark or the system's; and more contrast. Forced colours of the system win over all of these. */
export function ThemeMenu() {
  const { theme, contrast } = useLook();
  return (
    <Menu
      side="top"
      items={[
        {
          choice: "Theme",
          value: theme ?? "system",
          onChoose: (value) =>
            chooseLook("theme", value === "system" ? undefined : (value as "light" | "dark")),
          of: [
            { value: "system", label: "System", icon: <Monitor /> },
            { value: "light", label: "Light", icon: <Sun /> },
            { value: "dark", label: "Dark", icon: <Moon /> },
          ],
        },
        "line",
        {
          label: "More contrast",
          icon: <Contrast />,
          checked: contrast === "more",
          run: () => chooseLook("contrast", contrast === "more" ? undefined : "more"),
        },
      ]}
    >
      <IconButton
        label="Theme"
        icon={theme === "dark" ? <Moon /> : theme === "light" ? <Sun /> : <Monitor />}
        className="js-only"
      />
    </Menu>
  );
}
