import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { PlaceNav } from "../../app/place-nav.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { Link } from "../../ui/link.tsx";
import { Content } from "../../ui/page-frame.tsx";
import type { organizationLayout } from "./routes.ts";

export default function OrganizationLayout({ data, children }: PageProps<typeof organizationLayout>) {
  const { organization } = data;
  const { organizations } = useFrame();
  const member = organizations.some(({ login }) => login === organization.login);
  return (
    <>
      <header className="border-b border-line bg-sunken pt-3 [&_.tabs]:border-b-0">
        <div className="flex items-center gap-2 px-4 pb-1.5 sm:px-6">
          <Avatar name={organization.login} src={organization.avatar_url} kind="organization" />
          <Link href={path`/${organization.login}`} look="plain" className="text-lg font-semibold">
            {organization.name}
          </Link>
        </div>
        <div className="px-2 sm:px-4">
          <PlaceNav
            place="organization"
            subject={{ member }}
            params={{ org: organization.login }}
            label="Organization"
          />
        </div>
      </header>
      <Content className="!max-w-[960px]">{children}</Content>
    </>
  );
}
