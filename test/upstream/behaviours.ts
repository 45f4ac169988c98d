import type { Behaviour } from './behaviour';
import { blockBehaviours, changeBehaviours } from './changes-and-blocks';
import { isolationBehaviours } from './isolation';
import { peerBehaviours } from './peers';
import { portBehaviours } from './ports';

/** Everything that upstream tests with traffic: 42 over TCP, and three each over UDP and SCTP. */
export const behaviours: readonly Behaviour[] = [
  ...isolationBehaviours,
  ...peerBehaviours,
  ...portBehaviours,
  ...changeBehaviours,
  ...blockBehaviours,
];

export { refusals } from './refusals';
