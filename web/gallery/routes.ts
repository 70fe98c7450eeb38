import { ApiError, plainly } from "../app/api.ts";
import type { Feature } from "../app/feature.ts";
import { page } from "../app/page.tsx";

export const galleryPage = page({
  path: "/_gallery",
  title: "Gallery",
  before: ({ development }) => {
    if (!development) throw new ApiError(404, plainly(404));
  },
});

/** Every component in every state, for those who build pages. */
export const gallery: Feature = {
  name: "gallery",
  routes: [galleryPage.shows(() => import("./gallery-page.tsx"))],
  palette: ({ development }) => ({
    group: "Development",
    items: () => (development ? [{ id: "gallery", title: "Component gallery", href: "/_gallery" }] : []),
  }),
};
