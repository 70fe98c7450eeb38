import type { ReactNode } from "react";
import { Content } from "../../ui/page-frame.tsx";

interface Props {
  readonly title: string;
  /** The list of its pages: a column where there is room, else lines above the page. */
  readonly nav: ReactNode;
  readonly children: ReactNode;
}

/** Settings of something: their list beside them. */
export function SideNav({ title, nav, children }: Props) {
  return (
    <Content>
      <div className="gap-10 lg:grid lg:grid-cols-[180px_minmax(0,1fr)]">
        <div className="mb-5 lg:mb-0">
          <div className="max-lg:-mx-2 max-lg:border-b max-lg:border-line max-lg:pb-2 lg:sticky lg:top-5 max-lg:[&_a]:whitespace-nowrap max-lg:[&_ul]:flex-row max-lg:[&_ul]:flex-wrap">
            <p className="mb-2 px-2 text-sm font-semibold">{title}</p>
            {nav}
          </div>
        </div>
        <div className="min-w-0">{children}</div>
      </div>
    </Content>
  );
}
