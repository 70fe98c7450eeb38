/** Never shown: its page refuses first. */
export default function NoErrorPage() {
  return null;
}
