import { Tooltip } from "@base-ui/react/tooltip";
import { Keys } from "./keyboard/keys.tsx";

/** The words of a tooltip, beside its element. */
export default function TooltipPopup(props: {
  readonly anchor: HTMLElement;
  readonly text: string;
  readonly keys: string | undefined;
}) {
  return (
    <Tooltip.Root open>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={props.anchor} sideOffset={6} collisionPadding={8} className="z-60">
          <Tooltip.Popup
            data-tooltip=""
            className="popup flex max-w-72 items-center gap-2 rounded! px-2 py-1 text-xs leading-4 text-ink"
          >
            {props.text !== "" && <span>{props.text}</span>}
            {props.keys !== undefined && <Keys keys={props.keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
