import { galleryFeature } from "../gallery/routes.ts";
import type { Feature } from "./feature.ts";

/** The product's parts, in order. */
export const features: readonly Feature[] = [galleryFeature];
