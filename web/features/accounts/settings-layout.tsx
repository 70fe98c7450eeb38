import { PlaceNav } from "../../app/place-nav.tsx";
import type { PageProps } from "../../app/page.tsx";
import { SideNav } from "./side-nav.tsx";
import type { settingsLayout } from "./settings-routes.ts";

const nav = <PlaceNav place="settings" subject={undefined} params={{}} label="Settings" look="list" />;

export default function SettingsLayout({ children }: PageProps<typeof settingsLayout>) {
  return (
    <SideNav title="Settings" nav={nav}>
      {children}
    </SideNav>
  );
}
