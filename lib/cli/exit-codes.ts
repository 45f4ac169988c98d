/** How every command ends: one table for all of them, and never a count. */
export const ExitCode = {
  /** Yes; clean; the same; proved. */
  YES: 0,
  /** No; findings; a difference; not proved. */
  NO: 1,
  /** Perhaps; undecided. */
  PERHAPS: 2,
  /** What was given could not be read, or was not a question. */
  UNREADABLE: 3,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
