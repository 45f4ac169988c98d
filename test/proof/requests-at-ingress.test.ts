import type { Endpoint } from '../../lib/model/endpoint';
import type { Direction, Plane, Rule } from '../../lib/model/layer';
import { podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import type { RequestMatch } from '../../lib/model/request-match';
import * as selectors from '../../lib/model/selector';
import { proveGraph } from '../../lib/proof';
import { flow, graph, planeOf, tier, withRules } from './mechanical';

const http = ports.number('TCP', 8000);
const chat: RequestMatch = {
  protocol: 'http',
  methods: ['POST'],
  path: { segments: ['v1', 'chat', 'completions'], below: false },
};
const agent = tier('agents', 'agent');
const model = tier('models', 'vllm');
const declared = graph([agent, model], [flow(agent, model, http, [], [chat])]);

/** What the manifests would be if a direction did not look into requests. */
function blind(plane: Plane, where: Direction): Plane {
  return withRules(
    plane,
    ({ direction }) => direction === where,
    ({ requests: _, ...rule }): Rule[] => [rule],
  );
}

function isProved(data: typeof declared, plane: Plane, requestsAt: 'both' | 'ingress'): boolean {
  return proveGraph(data, plane, { requestsAt }).proved;
}

describe('an engine that tells requests apart only where they arrive', () => {
  const plane = planeOf(declared, 'external-only');

  it('may let the ports through whole at the pods that ask, and other engines may not', () => {
    expect(isProved(declared, blind(plane, 'egress'), 'ingress')).toBe(true);
    expect(isProved(declared, blind(plane, 'egress'), 'ingress')).toBe(true);
    expect(isProved(declared, blind(plane, 'egress'), 'both')).toBe(false);
  });

  it('must still hold back at the pods that answer what is not declared', () => {
    expect(isProved(declared, blind(blind(plane, 'egress'), 'ingress'), 'ingress')).toBe(false);
  });

  it('must let all of the ports through at the pods that ask, since that is what the half means there', () => {
    expect(isProved(declared, plane, 'ingress')).toBe(false);
  });

  it('has nobody to hold back for it where the pods that answer are not ours', () => {
    const others: Endpoint = {
      kind: 'pods',
      pods: podsIn('models', selectors.fromLabels({ app: 'vllm' })),
      owner: 'the model team',
    };
    const half = graph([agent], [flow(agent, others, http, [], [chat])]);
    const halfPlane = planeOf(half, 'external-only');
    expect(isProved(half, halfPlane, 'ingress')).toBe(true);
    expect(isProved(half, blind(halfPlane, 'egress'), 'ingress')).toBe(false);
  });
});
