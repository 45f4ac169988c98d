import type { Leg, ProbePlan } from './plan';

/** What a plan tries, a line for each leg, and what it does not. */
export function planText({ legs, untested }: ProbePlan): string {
  return [...legs.map(legText), ...untested.map(({ what, why }) => `not tested  ${what}: ${why}`), ''].join('\n');
}

/** `deny   a stranger in ai-data -> ai-data/minio TCP minio.ai-data.svc:9000` */
export function legText({ expected, who, destination: { name, protocol, address }, because }: Leg): string {
  const reason = because === undefined ? '' : ` ("${because}")`;
  return `${expected.padEnd(6)} ${who} -> ${name} ${protocol} ${address}${reason}`;
}
