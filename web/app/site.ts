/** Addresses that the frame itself needs to know. */
export const signInPath = "/login";
export const signUpPath = "/join";

/** The sign-in page, returning to `href` afterwards. */
export const signInHref = (href: string): string =>
  href === "/" ? signInPath : `${signInPath}?return_to=${encodeURIComponent(href)}`;

export const siteName = "wit";

/** Signing in answers 401 for a wrong password, which belongs to its form. */
export const signInAction = "POST /session";

/** The window's title of a page. */
export const withSite = (title: string): string => (title === "" ? siteName : `${title} · ${siteName}`);

export const signOutAction = "DELETE /session";
