import { ApiError, plainly } from "../app/api.ts";
import type { Feature } from "../app/feature.ts";
import { page, pageIn } from "../app/page.tsx";

/** Around everything here: nobody sees it on a server that people use. */
const development = page({
  path: "/_gallery",
  title: "Gallery",
  before: (here) => {
    if (!here.development) throw new ApiError(404, plainly(404));
  },
});

const gallery = pageIn(development, { path: "/", title: "Gallery" });

/** How the frame reads an address: `/_gallery/address/a%2Fb/c?d=e`. */
export const addressPage = pageIn(development, {
  path: "address/$name/$",
  title: ({ params }) => params.rest,
});

/** What a refusal looks like: `/_gallery/errors/503`. */
const errorPage = pageIn(development, {
  path: "errors/$status",
  title: "No error",
  before: ({ params: { status } }) => {
    if (status === "broken") throw new TypeError("A fault of ours");
    throw new ApiError(Number(status), "This is the sentence of the API.", {
      requestId: "req_01JD0W",
      retryAfter: 7,
    });
  },
});

/** Every component in every state, for those who build pages. */
export const galleryFeature: Feature = {
  name: "gallery",
  routes: [
    development.shows(() => import("./layout.tsx")),
    gallery.shows(() => import("./gallery-page.tsx")),
    addressPage.shows(() => import("./address-page.tsx")),
    errorPage.shows(() => import("./no-error-page.tsx")),
  ],
  palette: (tools) => ({
    group: "Development",
    items: () =>
      tools.development ? [{ id: "gallery", title: "Component gallery", href: "/_gallery" }] : [],
  }),
};
