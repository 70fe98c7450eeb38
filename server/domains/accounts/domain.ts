import type { Domain } from "../../domain.ts";
import { notFound } from "../../kernel/errors.ts";
import { identicon } from "./identicon.ts";
import { jobs } from "./jobs.ts";
import { accountRoutes } from "./routes/account.ts";
import { administrationRoutes } from "./routes/administration.ts";
import { credentialRoutes } from "./routes/credentials.ts";
import { mailboxRoutes } from "./routes/mailbox.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { userRoutes } from "./routes/users.ts";
import { constraints } from "./schema.ts";

export const accounts: Domain = {
  name: "accounts",
  uses: [],
  routes: [
    ...userRoutes,
    ...sessionRoutes,
    ...accountRoutes,
    ...credentialRoutes,
    ...administrationRoutes,
    ...mailboxRoutes,
  ],
  jobs,
  constraints,
  door({ app, router }) {
    app.get("/avatars/:id", (c) => {
      const id = c.req.param("id");
      if (!/^\d{1,15}$/.test(id)) return router.refuse(notFound(), crypto.randomUUID());
      return c.body(identicon(Number(id)), 200, {
        "content-type": "image/svg+xml",
        "cache-control": "public, max-age=31536000, immutable",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
      });
    });
  },
};
