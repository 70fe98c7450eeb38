import { useEffect, useRef, type ReactNode } from "react";

interface Props {
  /** What stands in the button. */
  readonly label: ReactNode;
  /** The look of the button: `buttonClass(…)`. */
  readonly className: string;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}

/** A button that opens a surface below it, also where no JavaScript runs. Escape and a press elsewhere close it. */
export function Disclosure({ label, className, align = "end", children }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const element = details.current;
    const close = (event: Event) => {
      if (!element?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        element.querySelector("summary")?.focus();
      } else if (event.target instanceof Node && element.contains(event.target)) return;
      element.open = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close);
    };
  }, []);
  return (
    <details ref={details} className="relative">
      <summary className={`${className} list-none [&::-webkit-details-marker]:hidden`}>{label}</summary>
      <div className={`popup absolute top-full z-30 mt-1 ${align === "end" ? "right-0" : "left-0"}`}>
        {children}
      </div>
    </details>
  );
}
