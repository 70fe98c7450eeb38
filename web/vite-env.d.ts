/// <reference types="vite/client" />

/** Vite's manifest of the client's files, written in when the server entry is built. */
declare const __CLIENT_MANIFEST__: import("vite").Manifest | undefined;
