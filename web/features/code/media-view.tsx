import { useEffect, useRef, useState } from "react";

/** A picture with its measures. SVG is shown as a picture too, in which no browser runs scripts. */
export function Picture({ src, alt }: { readonly src: string; readonly alt: string }) {
  const picture = useRef<HTMLImageElement>(null);
  const [measures, setMeasures] = useState("");
  // It may have been there before the page was taken over.
  useEffect(() => {
    if (picture.current?.complete) setMeasures(measuresOf(picture.current));
  }, []);
  return (
    <figure className="grid gap-3 p-6">
      <div className="grid place-items-center">
        <img
          ref={picture}
          src={src}
          alt={alt}
          onLoad={(event) => setMeasures(measuresOf(event.currentTarget))}
          className="checkers max-h-[70vh] max-w-full"
        />
      </div>
      <figcaption className="tabular h-5 text-center text-sm text-ink-2">{measures}</figcaption>
    </figure>
  );
}

const measuresOf = ({ naturalWidth, naturalHeight }: HTMLImageElement): string =>
  naturalWidth > 0 ? `${naturalWidth} × ${naturalHeight} pixels` : "";

/** Sound or film, played by the browser. */
export function Player({
  as,
  src,
  label,
}: {
  readonly as: "audio" | "video";
  readonly src: string;
  readonly label: string;
}) {
  const Tag = as;
  return (
    <div className="grid place-items-center p-6">
      {/* Whoever put the file there gave no words with it. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <Tag
        controls
        preload="metadata"
        src={src}
        aria-label={label}
        className="max-h-[70vh] w-full max-w-[720px]"
      />
    </div>
  );
}
