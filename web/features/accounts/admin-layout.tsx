import { useFrame } from "../../app/frame.ts";
import { PlaceNav } from "../../app/place-nav.tsx";
import type { PageProps } from "../../app/page.tsx";
import { SideNav } from "./side-nav.tsx";
import type { adminLayout } from "./admin-routes.ts";

export default function AdministrationLayout({ children }: PageProps<typeof adminLayout>) {
  const frame = useFrame();
  return (
    <SideNav
      title="Administration"
      nav={<PlaceNav place="admin" subject={frame} params={{}} label="Administration" look="list" />}
    >
      {children}
    </SideNav>
  );
}
