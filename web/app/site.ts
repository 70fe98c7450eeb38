/** Addresses that the frame itself needs to know. */
export const signInPath = "/login";
export const signUpPath = "/join";

/** The sign-in page, returning to `href` afterwards. */
export const signInHref = (href: string): string =>
  href === "/" ? signInPath : `${signInPath}?return_to=${encodeURIComponent(href)}`;

export const siteName = "wit";

/** The window's title of a page. */
export const withSite = (title: string): string => (title === "" ? siteName : `${title} · ${siteName}`);

export const signOutAction = "POST /api/auth/sign-out";
