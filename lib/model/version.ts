/** Whether a version such as `1.20` or `v1.20.2` is at least another; where it is not given, it is taken to be. */
export function isAtLeast(version: string | undefined, least: string): boolean {
  if (version === undefined) return true;
  const [given, wanted] = [numbersOf(version), numbersOf(least)];
  for (let i = 0; i < wanted.length; i++) {
    const difference = (given[i] ?? 0) - wanted[i];
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbersOf(version: string): number[] {
  return version.replace(/^v/, '').split('.').map(Number);
}
