import { z } from "zod";
import { anyone, nothing, route, signedIn } from "../../../kernel/http/route.ts";
import { changePassword, requestPasswordReset, resetPassword } from "../commands/passwords.ts";
import { email, password } from "../input.ts";

const changeMine = route({
  method: "POST",
  path: "/user/password",
  operation: "users/change-password",
  summary: "Change your password; you are signed out everywhere else",
  access: signedIn("user:write"),
  guarded: true,
  body: z.object({ current_password: z.string().max(1000), new_password: password }),
  answer: nothing,
  status: 204,
  handle: ({ ctx, me, body }) =>
    changePassword(ctx, me, { current: body.current_password, password: body.new_password }),
});

const requestReset = route({
  method: "POST",
  path: "/user/password-reset",
  operation: "users/request-password-reset",
  summary:
    "Have a link mailed that sets a new password; the answer does not tell whether there is an account",
  access: anyone,
  guarded: true,
  // One text: a list of addresses would send the first one's link to all of them (CVE-2023-7028).
  body: z.object({ email }),
  answer: nothing,
  status: 204,
  handle: ({ ctx, body }) => requestPasswordReset(ctx, body.email),
});

const confirmReset = route({
  method: "POST",
  path: "/user/password-reset/confirm",
  operation: "users/reset-password",
  summary: "Set a new password with the token of a mailed link; all sessions end",
  access: anyone,
  guarded: true,
  body: z.object({ token: z.string().max(100), password }),
  answer: nothing,
  status: 204,
  handle: ({ ctx, body }) => resetPassword(ctx, body),
});

export const accountRoutes = [changeMine, requestReset, confirmReset];
