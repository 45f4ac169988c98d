import { Cluster } from '../../lib';
import { dnsWorlds, dnsWorldsOn } from '../cluster/support/dns-worlds';
import { evaluators as evaluatorsOnCilium } from '../judges/cilium/evaluators';
import { evaluators } from '../judges/evaluators';

/** The same worlds are tried with packets (test/cluster/dns.packets.test.ts) where a machine can. */
describe.each(dnsWorlds.map((world) => [world.flavour, world] as const))('names by %s', (_, world) => {
  it.each(evaluators.map((evaluator) => [evaluator.name, evaluator] as const))(
    'are answered over UDP and TCP where the flavour says, and nowhere else, to %s',
    (_name, evaluator) => {
      const passes = evaluator.of(world, 'pods');
      expect(world.flows.filter((flow) => passes(flow) === true)).toEqual(world.flows.filter(world.isAnswered));
    },
  );
});

/** Those that are held against Cilium's own code on random worlds (test/judges/cilium). */
describe.each(
  dnsWorldsOn((props) => Cluster.cilium({ version: '1.20', ...props })).map((world) => [world.flavour, world] as const),
)('names by %s on Cilium', (_, world) => {
  it.each(evaluatorsOnCilium.map((evaluator) => [evaluator.name, evaluator] as const))(
    'are answered over UDP and TCP where the flavour says, and nowhere else, to %s',
    (_name, evaluator) => {
      const passes = evaluator.of(world, 'external-only');
      expect(world.flows.filter((flow) => passes(flow) === true)).toEqual(world.flows.filter(world.isAnswered));
    },
  );
});
