import { Tabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export interface TabPanel {
  readonly value: string;
  readonly label: ReactNode;
  readonly panel: ReactNode;
}

/** Tabs within a page that need no address: writing and its preview. The first is open without JavaScript. */
export function TabPanels(props: {
  readonly label: string;
  readonly panels: readonly TabPanel[];
  readonly onChange?: (value: string) => void;
}) {
  return (
    <Tabs.Root
      defaultValue={props.panels[0]?.value}
      onValueChange={(value: string) => props.onChange?.(value)}
    >
      <Tabs.List aria-label={props.label} className="flex border-b border-line">
        {props.panels.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value} className="tab">
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {props.panels.map(({ value, panel }) => (
        <Tabs.Panel key={value} value={value} className="pt-3" keepMounted>
          {panel}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
