/**
 * Flaws of old but real histories, made by tools of their time and harmless to readers, by fsck's names for them. Everything else
 * that fsck knows stays an error: names that mean .git somewhere, bad .gitmodules, unsorted trees, overlong attributes.
 */
export const forgivenFlaws: readonly string[] = [
  "badDate",
  "badEmail",
  "badName",
  "badTimezone",
  "missingEmail",
  "missingNameBeforeEmail",
  "missingSpaceBeforeDate",
  "missingSpaceBeforeEmail",
  "multipleAuthors",
  "nulInCommit",
  "zeroPaddedDate",
  "zeroPaddedFilemode",
];
