import { GitCompareArrows } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { ComparePicker } from "./compare-picker.tsx";
import type { compareStartPage } from "./compare-routes.ts";

export default function CompareStartPage({ params, data }: PageProps<typeof compareStartPage>) {
  const { default_branch: branch } = data.home.repository;
  return (
    <Content>
      <PageHead title="Compare changes" about="What one branch has and another lacks." />
      <ComparePicker
        at={params}
        base={{ label: branch }}
        head={{ label: branch }}
        family={data.family.repositories}
      />
      <EmptyState icon={<GitCompareArrows aria-hidden="true" />} title="Choose two branches">
        Any two branches, tags or commits can be compared, also with those of a fork. The address is
        compare/base...head, and owner:branch is one of a fork.
      </EmptyState>
    </Content>
  );
}
