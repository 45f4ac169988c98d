import type { WorldVerdicts } from '../verdicts';
import type { UpstreamWorld } from './worlds';

/** Where the engines say otherwise than upstream's table, which wants blocks to mean pods too. */
export function tableDifferences({ title, flows, expected }: UpstreamWorld, { pods }: WorldVerdicts): string[] {
  return flows.flatMap((flow, index) => {
    if (pods[index] === expected[index]) return [];
    return [
      `${title}: ${JSON.stringify(flow)} is ${expected[index] ? 'connected' : 'not connected'} for upstream only`,
    ];
  });
}
