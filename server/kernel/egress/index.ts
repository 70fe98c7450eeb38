export { allowList, outboundAllow, outboundAllowKey, readOutboundAllow } from "./allow-list.ts";
export { createEgress, EgressError, systemResolve, type Egress, type Resolve } from "./egress.ts";
