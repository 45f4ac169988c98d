import * as ips from '../../../lib/model/ip-set';
import type { Plane, RulePeer } from '../../../lib/model/layer';
import { podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { openPods } from '../../../lib/proof';
import { changed, flow, graph, isolate, planeOf, policy, tier, withRule } from '../mechanical';

const known = { podAddresses: ips.fromBlock('10.244.0.0/16') };
const client = tier('a', 'client');
const server = tier('b', 'server');
const plane = planeOf(graph([client, server], [flow(client, server, ports.number('TCP', 80))]));

describe('pods that nothing isolates', () => {
  it('are none where every pod of the namespace is isolated both ways, whatever rules allow', () => {
    expect(openPods(plane, 'a', known)).toEqual([]);
    const wide = withRule(plane, {
      direction: 'egress',
      subject: client.pods,
      peers: [{ kind: 'anything' }],
      ports: ports.everything,
    });
    expect(openPods(wide, 'a', known)).toEqual([]);
  });

  it('are found in each direction by itself, with labels of theirs', () => {
    const ingressOnly = changed(plane, ({ isolations }) => ({
      isolations: isolations.filter(({ direction }) => direction === 'ingress'),
    }));
    expect(openPods(ingressOnly, 'a', known)).toEqual([{ direction: 'egress', labels: expect.any(Object) }]);
    const someOnly = changed(plane, () => ({
      isolations: isolate(
        policy('a', 'most'),
        'a',
        selectors.fromRequirements([{ key: 'app', operator: 'NotIn', values: ['stray'] }]),
      ),
    }));
    expect(openPods(someOnly, 'a', known)).toEqual([
      { direction: 'ingress', labels: { app: 'stray' } },
      { direction: 'egress', labels: { app: 'stray' } },
    ]);
  });

  it('are all of them where no policy was read', () => {
    expect(openPods({ ...plane, layers: [] }, 'a', known)).toEqual([
      { direction: 'ingress', labels: {} },
      { direction: 'egress', labels: {} },
    ]);
  });

  it('are reckoned with, whichever they are, where that is not decided', () => {
    const problem = { rule: 'clash', what: 'Two policies have one priority and disagree' };
    const undecided: Plane[] = [
      { ...plane, problems: [problem] },
      withRule(plane, {
        direction: 'egress',
        subject: podsIn('a', selectors.anything),
        peers: [{ kind: 'names' } as unknown as RulePeer],
        ports: ports.everything,
      }),
    ];
    for (const each of undecided) {
      expect(openPods(each, 'a', known)).toEqual([{ direction: 'ingress' }, { direction: 'egress' }]);
    }
  });
});
