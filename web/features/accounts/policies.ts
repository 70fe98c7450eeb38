/** Who may sign up, as administrators choose it. */
export const policies = [
  { value: "open", label: "Anyone", hint: "Whoever reaches this server makes an account." },
  { value: "invite", label: "Those who are invited", hint: "Administrators invite by e-mail." },
  { value: "closed", label: "Nobody", hint: "The accounts that exist are all there are." },
] as const;
