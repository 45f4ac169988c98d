import type { FlowsFound } from '../../../lib/flow-logs/judging/found';
import { AGENT, ENVOY, flow, judged, lines, REDIS } from './records';

// A port may be that of the pod, or that of a Service that leads to another one.

/** A Service of 6379 whose pods listen elsewhere, and a policy that lets in what `port` says. */
function manifests({ port, selector = '{ app: redis }' }: { readonly port: number; readonly selector?: string }) {
  return `
apiVersion: v1
kind: Service
metadata: { name: redis, namespace: ai-data }
spec: { selector: ${selector}, ports: [{ port: 6379, targetPort: 7000 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: redis, namespace: ai-data }
spec: { podSelector: { matchLabels: { app: redis } }, policyTypes: [Ingress], ingress: [{ ports: [{ port: ${port} }] }] }
`;
}

const either = flow({ source: ENVOY, destination: REDIS, port: 6379, portIs: 'either' });
const withoutGraph = (yaml: string, record = either) => judged([record], { graph: null, manifests: yaml });
const classes = ({ entries }: FlowsFound) => entries.map(({ class: of, certainty }) => `${certainty} ${of}`);

describe('a port of which the log does not say whose it is', () => {
  it('passes perhaps where the policies let in the port of the pod, and not the one behind the Service', () => {
    expect(classes(withoutGraph(manifests({ port: 6379 })))).toEqual(['perhaps would-be-dropped']);
  });

  it('passes perhaps where it is the other way round', () => {
    const found = withoutGraph(manifests({ port: 7000 }));
    expect(classes(found)).toEqual(['perhaps would-be-dropped']);
    expect(found.entries[0].why).toContain(
      'the log does not say whether the port is that of the pod or of a Service that leads to it',
    );
    expect(found.entries[0].explanation?.allowed).toEqual({ must: false, may: false });
  });

  it('is judged surely where both come to the same', () => {
    expect(classes(withoutGraph(manifests({ port: 9 })))).toEqual(['surely would-be-dropped']);
    const same = manifests({ port: 6379 }).replace('targetPort: 7000', 'targetPort: 6379');
    expect(withoutGraph(same)).toMatchObject({ entries: [], asDeclared: { records: 1 } });
  });

  it('is that of the pod where no Service has it', () => {
    const other = { ...either, port: 7000 };
    expect(withoutGraph(manifests({ port: 7000 }), other)).toMatchObject({ entries: [], asDeclared: { records: 1 } });
  });

  it('is declared perhaps where the graph has the port of the pod, and not the one behind the Service', () => {
    const record = flow({ source: AGENT, destination: REDIS, port: 6379, portIs: 'either' });
    expect(lines(judged([record]))).toEqual([]);
    const found = judged([record], { manifests: manifests({ port: 6379 }) });
    expect(classes(found)).toContain('perhaps undeclared');
    expect(found.asDeclared.records).toBe(0);
  });

  it('is that of the Service where its address was called', () => {
    const record = flow({ source: AGENT, destination: { address: '10.96.0.9' }, port: 6379, portIs: 'either' });
    const called = manifests({ port: 7000 }).replace('{ selector:', '{ clusterIP: 10.96.0.9, selector:');
    expect(lines(judged([record], { manifests: called }))).toEqual([
      'undeclared: ai-agents/agent -> ai-data/redis TCP/6379 x1',
    ]);
    expect(judged([record], { graph: null, manifests: called })).toMatchObject({
      entries: [],
      asDeclared: { records: 1 },
    });
  });
});

describe('a Service that leads perhaps to the pod', () => {
  it('makes its port unsure, since it may be the one that was called', () => {
    const two = `${manifests({ port: 7000 })}---
apiVersion: v1
kind: Service
metadata: { name: admin, namespace: ai-data }
spec: { selector: { app: redis, role: admin }, ports: [{ port: 6379, targetPort: 9 }] }
`;
    const record = flow({ source: ENVOY, destination: REDIS, port: 6379, portIs: 'service' });
    expect(withoutGraph(two, record)).toMatchObject({ entries: [{ certainty: 'perhaps' }] });
  });

  it('is taken for the one that was called where no other has the port', () => {
    const record = flow({ source: ENVOY, destination: REDIS, port: 6379, portIs: 'service' });
    const perhaps = manifests({ port: 7000, selector: '{ app: redis, role: store }' });
    expect(withoutGraph(perhaps, record)).toMatchObject({ entries: [], asDeclared: { records: 1 } });
  });
});
