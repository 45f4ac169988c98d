import { cidrExcept as check } from '../../lib/checks/cidr-except';
import { found } from './manifests';

it('has the place in policies of other engines too', () => {
  const cilium = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'agent', namespace: 'agents' },
    spec: { endpointSelector: {}, egress: [{ toCIDRSet: [{ cidr: '10.0.0.0/8', except: ['192.168.0.0/16'] }] }] },
  };
  expect(found(check, cilium)).toMatchObject([
    { level: 'error', place: { object: 'CiliumNetworkPolicy agents/agent' } },
  ]);
});
