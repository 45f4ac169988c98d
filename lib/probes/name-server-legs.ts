import { type GraphTier, tierKey } from '../graph/graph-data';
import type { Draft } from './draft';
import { mayAsk } from './name-servers';
import { type Destination, NAME_SERVER } from './plan';

const DESTINATION: Destination = { name: 'name servers', protocol: 'UDP', address: NAME_SERVER };

/**
 * Whether name servers answer a pod of the tier over UDP: they do where it resolves names, and nowhere else, since whatever
 * they answer can carry data out. A query is answered by itself, so that it is a try over UDP that shows something.
 */
export function nameServerLegs(tier: GraphTier, draft: Draft): void {
  if (!draft.places.asksNameServers) return;
  const key = tierKey(tier);
  const may = mayAsk(tier, draft.graph);
  if (may !== undefined && 'flow' in may) {
    const [because] = may.flow.because;
    draft.add({
      prober: draft.member(tier).id,
      destination: DESTINATION,
      expected: 'allow',
      who: key,
      because,
      beside: [],
    });
    return;
  }
  if (may !== undefined) {
    draft.leaveOut(`whether ${key} is kept from the ${DESTINATION.name}`, may.why);
    return;
  }
  const control = draft.control(DESTINATION);
  draft.add({
    prober: draft.member(tier).id,
    destination: DESTINATION,
    expected: 'deny',
    who: key,
    beside: [control.id],
  });
}
