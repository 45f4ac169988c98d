import type { Flow } from '../judges/world';
import { abilities, describeUnless } from './support/abilities';
import { dnsWorlds } from './support/dns-worlds';
import { type Enforced, enforce } from './support/enforcement';

const { programs, noPackets } = abilities();

describeUnless(noPackets, 'queries of an agent to name servers, as packets', () => {
  describe.each(dnsWorlds.map((world) => [world.flavour, world] as const))('%s', (_, world) => {
    let enforced: Enforced;

    beforeAll(async () => {
      enforced = await enforce(programs ?? '', [world]);
    });

    it('is reached everywhere while there is no policy', () => {
      expect(world.flows.filter((_flow, index) => enforced.withoutPolicies[0]?.[index] !== true)).toEqual([]);
    });

    it('is answered over UDP and TCP where it says, and nowhere else', () => {
      const passed: Flow[] = world.flows.filter((_flow, index) => enforced.withPolicies[0]?.[index] === true);
      expect(passed).toEqual(world.flows.filter(world.isAnswered));
    });
  });
});
