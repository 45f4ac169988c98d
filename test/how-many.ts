/** How many random cases, or how many of them at least: a fifth where thousands of mutants have to be put to them. */
export function howMany(cases: number): number {
  return process.env['MUTATION'] === undefined ? cases : Math.floor(cases / 5);
}
