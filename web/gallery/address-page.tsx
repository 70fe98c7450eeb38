import type { PageProps } from "../app/page.tsx";
import { Content, PageHead } from "../ui/page-frame.tsx";
import type { addressPage } from "./routes.ts";

/** Shows what the frame makes of an address. */
export default function AddressPage({ params, search }: PageProps<typeof addressPage>) {
  return (
    <Content>
      <PageHead title="Address" />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4">
        <dt>name</dt>
        <dd data-test="name">{params.name}</dd>
        <dt>rest</dt>
        <dd data-test="rest">{params.rest}</dd>
        <dt>search</dt>
        <dd data-test="search">{JSON.stringify([...search])}</dd>
      </dl>
    </Content>
  );
}
