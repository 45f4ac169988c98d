/** The environment variable that says whether findings are printed: `quiet` or `print`. */
const FINDINGS_VARIABLE = 'CDK8S_ZERO_TRUST_FINDINGS';

/** Whether a synthesis prints what it finds. The environment decides before the app does; tests are quiet unless asked. */
export function isPrinted(environment: Readonly<Record<string, string | undefined>>, isQuiet: boolean): boolean {
  const asked = environment[FINDINGS_VARIABLE];
  if (asked === 'quiet') return false;
  if (asked === 'print') return true;
  return !isQuiet && environment['JEST_WORKER_ID'] === undefined;
}
