import { PlaceNav } from "../../app/place-nav.tsx";
import type { PageProps } from "../../app/page.tsx";
import { SideNav } from "./side-nav.tsx";
import type { adminLayout } from "./routes.ts";

const nav = <PlaceNav place="admin" subject={undefined} params={{}} label="Administration" look="list" />;

export default function AdministrationLayout({ children }: PageProps<typeof adminLayout>) {
  return (
    <SideNav title="Administration" nav={nav}>
      {children}
    </SideNav>
  );
}
