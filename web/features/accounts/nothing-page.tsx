/** An address that only leads elsewhere. */
export default function NothingPage() {
  return null;
}
