import type { FlowRecord } from '../../../lib/flow-logs/flow-record';
import type { FlowsFound } from '../../../lib/flow-logs/judging/found';
import { AGENT, ENVOY, flow, judged, lines, REDIS, VLLM } from './records';

// Each record that is read is in an entry or in a count.

const SHOP = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: c, ports: [{ name: rest, containerPort: 3000 }] }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: rest }, { port: 81, targetPort: 4000 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec: { podSelector: { matchLabels: { app: api } }, policyTypes: [Ingress], ingress: [{ ports: [{ port: 4000 }] }] }
`;
const WEB = { namespace: 'shop', workload: { kind: 'Deployment', name: 'web' } };
const API = { namespace: 'shop', workload: { kind: 'Deployment', name: 'api' } };

function shop(port: number, destination: FlowRecord['destination'] = API): FlowsFound {
  const record = flow({ source: WEB, destination, port, portIs: 'service' });
  return judged([record], { graph: null, manifests: SHOP });
}

function counted({ notAttributable, setAside, asDeclared, leftOff }: FlowsFound): number {
  const counts = [...notAttributable, ...setAside, asDeclared, leftOff].map(({ records }) => records);
  return counts.reduce((sum, records) => sum + records, 0);
}

describe('a port of a Service', () => {
  it.each([
    ['a pod behind it', API],
    ['the Service', { service: { namespace: 'shop', name: 'api' } }],
    ['the Service, in the namespace of the end', { namespace: 'shop', service: { name: 'api' } }],
  ])('is that of its pods where the record names %s', (_, destination) => {
    expect(shop(80, destination).entries.map(({ class: of, certainty }) => [of, certainty])).toEqual([
      ['would-be-dropped', 'surely'],
    ]);
    expect(shop(81, destination)).toMatchObject({ entries: [], asDeclared: { records: 1 } });
  });

  it('that no Service has is not attributable', () => {
    expect(shop(9999)).toMatchObject({ entries: [], notAttributable: [{ why: 'service-port', records: 1 }] });
  });
});

describe('each record alone', () => {
  const ends = [AGENT, ENVOY, VLLM, REDIS, WEB, API, { address: '10.9.9.9' }, { entity: 'nodes' } as const, {}];
  const parts: Partial<FlowRecord>[] = [
    {},
    { portIs: 'service' },
    { portIs: 'either', port: 80 },
    { seenAt: 'source' },
  ];
  const verdicts = ['passed', 'dropped', 'audited', 'unknown'] as const;
  const records = ends.flatMap((source) =>
    ends.flatMap((destination) =>
      parts.flatMap((part) => verdicts.map((verdict) => flow({ source, destination, verdict, ...part }))),
    ),
  );

  it.each([
    ['a graph', {}],
    ['manifests', { graph: null, manifests: SHOP }],
    ['both', { manifests: SHOP }],
    ['neither', { graph: null }],
  ])('is in an entry or in one count, with %s', (_, options) => {
    for (const record of records) {
      const found = judged([record], options);
      const said = found.entries.length > 0 || counted(found) === 1;
      expect([said, said ? undefined : record]).toEqual([true, undefined]);
    }
  });

  it('is counted where it left its source and was dropped at its destination', () => {
    const one = { source: WEB, destination: API, port: 80 };
    const found = judged(
      [flow({ ...one, seenAt: 'source' }), flow({ ...one, seenAt: 'destination', verdict: 'dropped' })],
      {
        graph: null,
        manifests: SHOP,
      },
    );
    expect(lines(found)).toEqual(['dropped-and-undeclared: shop/Deployment/web -> shop/Deployment/api TCP/80 x1']);
    expect(found.setAside).toMatchObject([{ what: 'dropped-after', records: 1 }]);
  });
});
