// Which requests pass between two tiers is compared pair by pair, whatever rules they are written in.
import { requestsCompared } from '../../lib/adopt/requests-between';
import { todaysTiers } from '../../lib/adopt/todays-tiers';
import { deployment, seenOnCilium } from './small-world';

/** The requests that `web` may send to `db`, a rule each: its port, and its method with the path. */
function world(rules: readonly (readonly [string, string | undefined])[]) {
  const policy = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'in', namespace: 'ns1' },
    spec: {
      endpointSelector: { matchLabels: { app: 'db' } },
      ingress: rules.map(([port, path]) => ({
        fromEndpoints: [{ matchLabels: { app: 'web' } }],
        toPorts: [
          {
            ports: [{ port, protocol: 'TCP' }],
            ...(path !== undefined && { rules: { http: [{ method: 'GET', path: `${path}(\\?.*)?` }] } }),
          },
        ],
      })),
    },
  };
  return seenOnCilium(deployment('web'), deployment('db'), policy);
}

function compared(before: Parameters<typeof world>[0], after: Parameters<typeof world>[0]) {
  const seen = world(before);
  return requestsCompared(seen, world(after), todaysTiers(seen, ['ns1']).tiers);
}

it('knows the same requests in rules that are split otherwise', () => {
  expect(
    compared(
      [
        ['80', '/a'],
        ['81', '/a'],
        ['80', '/b'],
      ],
      [
        ['80', '/b'],
        ['80', '/a'],
        ['81', '/a'],
      ],
    ),
  ).toEqual({ same: 1, changed: [] });
});

it('tells what is gone and what came, with the port', () => {
  expect(
    compared(
      [
        ['80', '/a'],
        ['80', '/b'],
      ],
      [
        ['80', '/a'],
        ['81', '/b'],
      ],
    ),
  ).toEqual({
    same: 0,
    changed: [{ from: 'ns1/web', to: 'ns1/db', gone: ['TCP/80 GET /b'], come: ['TCP/81 GET /b'] }],
  });
});

it('says nothing of requests where all traffic passes', () => {
  expect(compared([['80', undefined]], [['80', undefined]])).toEqual({ same: 0, changed: [] });
});
