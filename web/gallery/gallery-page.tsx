import { Content, PageHead } from "../ui/page-frame.tsx";
import { Colours } from "./colours.tsx";
import { Controls } from "./controls.tsx";
import { Forms } from "./forms.tsx";
import { Lists } from "./lists.tsx";
import { Overlays } from "./overlays.tsx";
import { Words } from "./words.tsx";

const parts = ["Controls", "Badges and faces", "Forms", "Overlays", "Lists", "Words", "States", "Colours"];

export default function GalleryPage() {
  return (
    <Content>
      <PageHead title="Gallery" about="Every component in every state. Shown in development only." />
      <nav aria-label="Parts" className="mb-6 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {parts.map((part) => (
          <a
            key={part}
            href={`#${part.toLowerCase().replaceAll(" ", "-")}`}
            className="py-1 text-accent-ink hover:underline"
          >
            {part}
          </a>
        ))}
      </nav>
      <Controls />
      <Forms />
      <Overlays />
      <Lists />
      <Words />
      <Colours />
    </Content>
  );
}
