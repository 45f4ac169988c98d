// What two ends let through in requests is what both do: nothing is declared that only one of them lets through.
import { Cluster } from '../../lib';
import { adopted } from '../../lib/adopt/adopted';
import type { ChangeEnd } from '../../lib/analysis';
import { requestText } from '../../lib/model/request-match';
import { deployment, seenOnCilium } from './small-world';

const policy = (name: string, own: string, field: 'ingress' | 'egress', other: string, http?: unknown) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name, namespace: 'ns1' },
  spec: {
    endpointSelector: { matchLabels: { app: own } },
    [field]: [
      {
        [field === 'ingress' ? 'fromEndpoints' : 'toEndpoints']: [{ matchLabels: { app: other } }],
        toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], ...(http !== undefined && { rules: { http } }) }],
      },
    ],
  },
});

function adoptedOf(out: unknown, into: unknown) {
  const seen = seenOnCilium(
    deployment('web'),
    deployment('db'),
    // Something passes in every world, so that there is a declaration.
    deployment('job'),
    policy('job-in', 'job', 'ingress', 'web'),
    policy('job-out', 'web', 'egress', 'job'),
    policy('out', 'web', 'egress', 'db', out),
    policy('in', 'db', 'ingress', 'web', into),
  );
  const { plan, left, differences, requests } = adopted(seen, {
    namespaces: ['ns1'],
    cluster: Cluster.cilium({ version: '1.20' }),
    plane: { engine: 'cilium' },
  });
  return {
    requests: plan.flows
      .filter(({ tier }) => tier === 'ns1/db')
      .map(({ http }) => http?.map(requestText).join(', ') ?? 'all traffic'),
    left: left.filter(({ what }) => what.includes('ns1/web -> ns1/db')),
    pairs: requests,
    byPolicy: differences?.requests,
    changes: differences?.changes
      .filter(({ from, to }) => is(from, 'ns1/Deployment/web') && is(to, 'ns1/Deployment/db'))
      .map(({ kind }) => kind),
  };
}

function is(end: ChangeEnd, id: string): boolean {
  return end.kind === 'workloads' && end.workloads.join() === id;
}

const get = (path: string) => [{ method: 'GET', path: `${path}(\\?.*)?` }];
const head = 'ns1/web -> ns1/db TCP/80, allowed by CiliumNetworkPolicy ns1/in and CiliumNetworkPolicy ns1/out: ';

describe('requests that both ends limit', () => {
  it.each([
    ['the way out is narrower', get('/a'), [{ path: '/.*' }], 'GET /a'],
    ['the way in is narrower', [{ path: '/.*' }], get('/a'), 'GET /a'],
    ['the way in alone is limited', undefined, get('/a'), 'GET /a'],
    ['the way out alone is limited', get('/a'), undefined, 'GET /a'],
  ])('are declared as what both let through: %s', (_, out, into, expected) => {
    expect(adoptedOf(out, into)).toMatchObject({ requests: [expected], left: [] });
  });

  it.each([
    [
      'nothing in common',
      get('/a'),
      get('/b'),
      'no request passes at both ends: GET /a on the way out, GET /b on the way in',
    ],
    [
      'a path that is not understood at one end',
      undefined,
      [{ method: 'GET', path: '/a' }],
      'its requests are not understood: {"method":"GET","path":"/a"}',
    ],
    [
      'the same path that is not understood at both ends',
      [{ method: 'GET', path: '/a' }],
      [{ method: 'GET', path: '/a' }],
      'its requests are not understood: {"method":"GET","path":"/a"} (the same at both ends, so that they pass today)',
    ],
  ])('are left out with the reason, and no wider line: %s', (_, out, into, reason) => {
    expect(adoptedOf(out, into)).toMatchObject({
      requests: [],
      left: [{ kind: 'not-said', of: 'ns1/db', what: head + reason }],
    });
  });
});

describe('what becomes of requests', () => {
  it('is told by pair: the same pass as today, whatever the policies are called', () => {
    expect(adoptedOf(get('/a'), [{ path: '/.*' }])).toMatchObject({
      pairs: { same: 1, changed: [] },
      byPolicy: [],
      changes: [],
    });
  });

  it('is told of ports where no request is declared', () => {
    const unread = [{ method: 'GET', path: '/a' }];
    const { pairs, changes } = adoptedOf(unread, unread);
    expect(pairs).toEqual({ same: 0, changed: [] });
    expect(changes).toEqual(['removed']);
  });

  it('is not told where nothing looks into requests', () => {
    expect(adoptedOf(undefined, undefined)).toMatchObject({ pairs: undefined, byPolicy: [], changes: [] });
  });
});
