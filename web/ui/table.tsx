import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** A dense table that scrolls sideways by itself when there is no room. */
export function Table({ label, className, ...rest }: ComponentProps<"table"> & { readonly label: string }) {
  return (
    <div className="overflow-x-auto" role="region" aria-label={label} tabIndex={0}>
      <table {...rest} className={clsx("table w-full text-sm", className)} />
    </div>
  );
}

/** A cell of the head. */
export const Th = ({ className, ...rest }: ComponentProps<"th">) => (
  <th
    scope="col"
    {...rest}
    className={clsx("h-8 px-3 text-left text-xs font-medium text-ink-3", className)}
  />
);

/** A cell; `numeric` stands to the right. */
export const Td = ({
  numeric,
  className,
  ...rest
}: ComponentProps<"td"> & { readonly numeric?: boolean }) => (
  <td {...rest} className={clsx("h-8 px-3", numeric && "text-right", className)} />
);
