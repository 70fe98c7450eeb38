import type { ReactNode } from "react";

/** The pages of the gallery stand alone. */
export default function GalleryLayout({ children }: { readonly children: ReactNode }) {
  return children;
}
