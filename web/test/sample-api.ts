import type { Frame } from "../app/frame.ts";

const frame: Frame = {
  viewer: { login: "alice", name: "Alice Ng", avatar_url: null },
  organizations: [
    { login: "acme", name: "Acme Robotics" },
    { login: "lib", name: "The Library of Unusually Long Organization Names" },
  ],
  favourites: [{ full_name: "alice/demo" }, { full_name: "acme/engine" }],
  counts: {},
};

/** Answers like the API for what the frame and the gallery ask. `?` anything else is 404. */
export async function sampleApi(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const signedOut = request.headers.get("cookie")?.includes("session=none") === true;
  if (pathname === "/api/v3/_web/frame") {
    return Response.json(signedOut ? { viewer: null, organizations: [], sign_up: "open" } : frame);
  }
  // The palette asks while somebody types.
  if (pathname === "/api/v3/_web/explore") return Response.json([]);
  if (request.method === "POST" && pathname === "/api/v3/gallery/labels") {
    const body = (await request.json()) as { name?: string };
    if (body.name === "taken") {
      const errors = [
        {
          resource: "Label",
          field: "name",
          code: "already_exists",
          message: "There is a label of this name.",
        },
      ];
      return Response.json({ message: "Validation Failed", errors, request_id: "req_1" }, { status: 422 });
    }
    return Response.json({ id: 7, ...body }, { status: 201, headers: { "set-cookie": "seen=1; Path=/" } });
  }
  return Response.json({ message: "Not Found", code: "not_found" }, { status: 404 });
}
