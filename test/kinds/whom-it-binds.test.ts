import { readNetworkPolicy } from '../../lib/kinds/networking.k8s.io';
import { policyReaderOf } from '../../lib/kinds/readers';
import { podSetText } from '../../lib/model/pod-set';
import type { UnreadPolicy } from '../../lib/model/unread-policy';

function cilium(kind: string, spec: object, more: object = {}) {
  const metadata = { name: 'p', ...(kind === 'CiliumNetworkPolicy' && { namespace: 'kube-system' }) };
  const object = { apiVersion: 'cilium.io/v2', kind, metadata, spec, ...more };
  return policyReaderOf('cilium.io', kind)?.read(object);
}

function antrea(spec: object, kind = 'ClusterNetworkPolicy') {
  const object = { apiVersion: 'crd.antrea.io/v1beta1', kind, metadata: { name: 'p' }, spec };
  return policyReaderOf('crd.antrea.io', kind)?.read(object);
}

const whom = (parts: readonly UnreadPolicy[] | undefined) =>
  parts?.map(({ subject, directions }) => `${podSetText(subject)} ${directions.join('+')}`);

const toServices = [{ toServices: [{ k8sService: { serviceName: 'dns', namespace: 'kube-system' } }] }];
const SYSTEM = 'kube-system';

describe('a policy that its engine takes and that is not understood', () => {
  it('binds the pods that it selects', () => {
    const reading = cilium('CiliumNetworkPolicy', {
      endpointSelector: { matchLabels: { app: 'dns' } },
      egress: toServices,
    });
    expect(whom(reading?.unread)).toEqual([`${SYSTEM}/{app=dns} ingress+egress`]);
    expect(reading?.unread).toMatchObject([{ effect: 'both', kind: 'cilium.io/CiliumNetworkPolicy' }]);
    expect(reading?.unread?.[0].problem).toBe(reading?.problems[0]);
    expect([reading?.rules, reading?.refused]).toEqual([[], undefined]);
  });

  it('binds the pods of every one of its specs', () => {
    const spec = (app: string, more: object) => ({ endpointSelector: { matchLabels: { app } }, ...more });
    const specs = [
      spec('a', { ingress: [{}] }),
      spec('b', { egress: toServices, enableDefaultDeny: { egress: false } }),
    ];
    const reading = cilium('CiliumNetworkPolicy', undefined as unknown as object, { specs });
    expect(whom(reading?.unread)).toEqual([`${SYSTEM}/{app=a} ingress+egress`, `${SYSTEM}/{app=b} ingress+egress`]);
  });

  it('binds no pod where it is about nodes', () => {
    const reading = cilium('CiliumClusterwideNetworkPolicy', { nodeSelector: {}, egress: toServices });
    expect(whom(reading?.unread)).toEqual(['{!*}/{!*} ingress+egress']);
  });

  it('binds every pod where each of its rules says whom, since one of them may be lost', () => {
    const appliedTo = [{ podSelector: { matchLabels: { app: 'a' } } }];
    const rule = { action: 'Allow', from: [{ group: 'g' }] };
    const [own, byRule] = [
      { priority: 1, appliedTo, ingress: [rule] },
      { priority: 1, ingress: [{ ...rule, appliedTo }] },
    ];
    expect(whom(antrea(own)?.unread)).toEqual(['{*}/{app=a} ingress+egress']);
    expect(whom(antrea(byRule)?.unread)).toEqual(['{*}/{*} ingress+egress']);
    expect(whom(antrea({ ...own, appliedTo: [{ group: 'g' }] })?.unread)).toEqual(['{*}/{*} ingress+egress']);
  });
});

describe('a policy that is refused', () => {
  const read = (spec: object, metadata: object = { namespace: 'shop' }) =>
    readNetworkPolicy({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p', ...metadata },
      spec,
    });

  it('would bind the pods that it selects, with each of its problems', () => {
    const { refused, problems } = read({
      podSelector: { matchLabels: { app: 'a' } },
      policyTypes: ['Egress'],
      egress: [{ ports: [{ port: 0 }] }, { to: [{}] }],
    });
    expect(whom(refused)).toEqual(['shop/{app=a} egress', 'shop/{app=a} egress']);
    expect(refused?.map(({ problem }) => problem)).toEqual(problems);
  });

  it('would bind every pod of its namespace, or of the cluster, where whom it selects is what is wrong', () => {
    const podSelector = { matchLabels: { app: '!' } };
    expect(whom(read({ podSelector, policyTypes: ['Ingress'] }).refused)).toEqual(['shop/{*} ingress']);
    expect(whom(read({ podselector: {} }).refused)).toEqual(['shop/{*} ingress']);
    expect(whom(read({ podSelector: {}, policyTypes: ['ingress'] }).refused)).toEqual(['shop/{*} ingress+egress']);
    expect(whom(read({ podSelector: {} }, { namespace: 'No_Name' }).refused)).toEqual(['{*}/{*} ingress']);
  });

  it('is refused whole where it is also not understood', () => {
    const reading = cilium('CiliumNetworkPolicy', {
      endpointSelector: {},
      egress: toServices,
      ingress: [{ fromCIDR: ['x'] }],
    });
    expect([reading?.unread, reading?.refused?.length]).toEqual([undefined, 2]);
  });
});
