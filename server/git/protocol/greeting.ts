/** What git says behind the advertisement that begins a session, which the client has had from us. */
export async function* withoutGreeting(stdout: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer | null = Buffer.alloc(0);
  for await (const chunk of stdout) {
    if (held === null) {
      yield chunk;
      continue;
    }
    held = Buffer.concat([held, chunk]);
    // Packets up to the one of no length, "0000", which ends them.
    let length = sizeOf(held);
    while (length > 0 && held.length >= length) {
      held = held.subarray(length);
      length = sizeOf(held);
    }
    if (length !== 0) continue;
    if (held.length > 4) yield held.subarray(4);
    held = null;
  }
}

/** The length of the packet that some bytes begin with; not a number before it is there. */
const sizeOf = (bytes: Buffer): number =>
  bytes.length < 4 ? Number.NaN : Number.parseInt(bytes.toString("latin1", 0, 4), 16);
