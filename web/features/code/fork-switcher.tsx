import { useRouter } from "@tanstack/react-router";
import { BookMarked, ChevronDown } from "lucide-react";
import { useState } from "react";
import { webFamily, type WebRelative } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import { visit } from "../../app/navigation.ts";
import { Button } from "../../ui/button.tsx";
import { Picker } from "../../ui/picker.tsx";
import type { At } from "./hrefs.ts";

interface Props {
  /** Whose family it is. */
  readonly at: At;
  /** What is offered before anything is typed. */
  readonly family: readonly WebRelative[];
  /** The repository that is chosen, `owner/name`. */
  readonly chosen: string;
  /** The same page with that side in another repository. */
  readonly href: (relative: WebRelative) => string;
  /** Which side, for those who hear it. */
  readonly side: string;
}

/** In which repository of the family a side of a comparison is. */
export function ForkSwitcher({ at, family, chosen, href, side }: Props) {
  const api = useApi();
  const router = useRouter();
  const [found, setFound] = useState(family);
  const read = async (text: string) => {
    const { data } = await webFamily(api.call, { ...at, q: text });
    setFound(data.repositories);
  };
  return (
    <Picker
      label="Repository"
      items={found.map((one) => ({
        value: one.full_name,
        label: one.full_name,
        hint: one.prefix === "" ? "this one" : one.source ? "source" : undefined,
        icon: <BookMarked aria-hidden="true" />,
      }))}
      selected={[chosen]}
      onSearch={(text) => void read(text)}
      onChange={([picked]) => {
        const relative = found.find((one) => one.full_name === picked);
        if (relative && picked !== chosen) visit(router, href(relative));
      }}
      empty="No fork of that owner"
    >
      <Button className="js-only min-w-0" aria-label={`Repository of the ${side}: ${chosen}`}>
        <BookMarked aria-hidden="true" />
        <span className="max-w-52 truncate">{chosen}</span>
        <ChevronDown aria-hidden="true" className="text-ink-3" />
      </Button>
    </Picker>
  );
}
