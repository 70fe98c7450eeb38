import { frameQuery } from "../../app/frame.ts";
import { goTo, page, type Before } from "../../app/page.tsx";
import { signInPath, signUpPath } from "../../app/site.ts";
import { returnTo } from "./return-to.ts";

/** Who is signed in already has nothing to do here. */
const forGuests = async ({ read, search }: Before<unknown>): Promise<void> => {
  const frame = await read(frameQuery);
  if (frame.viewer) throw goTo(returnTo(search));
  if (frame.setup_needed) throw goTo("/setup");
};

export const setUpPage = page({
  path: "/setup",
  title: "Welcome",
  before: async ({ read }) => {
    if (!(await read(frameQuery)).setup_needed) throw goTo("/");
  },
});

export const signInPage = page({ path: signInPath, title: "Sign in", before: forGuests });
export const signUpPage = page({ path: signUpPath, title: "Create your account", before: forGuests });
export const forgotPasswordPage = page({ path: "/forgot-password", title: "A new password" });
export const resetPasswordPage = page({ path: "/reset-password", title: "A new password" });
