import { clsx } from "clsx";
import { Bot } from "lucide-react";
import { identicon } from "./identicon.ts";

interface Props {
  readonly name: string;
  /** The picture; without one a pattern is drawn from the name. */
  readonly src?: string | null | undefined;
  /** Pixels. */
  readonly size?: number | undefined;
  /** Organizations are square, agents carry a mark. */
  readonly kind?: "person" | "organization" | "agent" | undefined;
}

/** The face of a person, an organization or an agent. Decorative: the name stands beside it or in the link's label. */
export function Avatar({ name, src, size = 20, kind = "person" }: Props) {
  const round = kind === "organization" ? "rounded-[22%]" : "rounded-full";
  const { path, hue } = identicon(name);
  return (
    <span className="relative inline-block shrink-0 align-middle" style={{ width: size, height: size }}>
      {src ? (
        <img
          src={src}
          alt=""
          width={size}
          height={size}
          loading="lazy"
          decoding="async"
          className={clsx("size-full", round)}
        />
      ) : (
        <svg
          viewBox="0 0 7 7"
          aria-hidden="true"
          shapeRendering="crispEdges"
          className={clsx("identicon size-full", round)}
          style={{ "--hue": hue } as React.CSSProperties}
        >
          <path d={path} />
        </svg>
      )}
      {kind === "agent" && (
        <span className="absolute -right-0.5 -bottom-0.5 grid size-[55%] place-items-center rounded-full bg-surface text-accent-ink">
          <Bot className="size-[85%]" aria-hidden="true" />
        </span>
      )}
    </span>
  );
}
