/** The colour of a label beside its name in a list to pick from. */
export const LabelDot = ({ color }: { readonly color: string }) => (
  <span
    aria-hidden="true"
    className="label-dot size-2.5 shrink-0 rounded-full"
    style={{ "--label": `#${color}` } as React.CSSProperties}
  />
);
