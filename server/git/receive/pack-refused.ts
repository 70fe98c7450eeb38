/** The objects of a push are not accepted. The message is a sentence for the client; `detail` is for the log. */
export class PackRefused extends Error {
  override readonly name = "PackRefused";
  readonly detail: string;

  constructor(message: string, detail = "") {
    super(message);
    this.detail = detail;
  }
}
