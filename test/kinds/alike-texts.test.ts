import { readManifests } from '../../lib/analysis';

// What is read once must not be taken for something else that reads alike.

const policy = (name: string, ingress: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'ns' },
  spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [ingress] },
});
const block = (...except: string[]) => ({ from: [{ ipBlock: { cidr: '10.0.0.0/8', except } }] });

const problemsOf = (...policies: object[]) =>
  readManifests(policies).refused.map(({ problem: { where, rule } }) => [where?.includes('second'), rule]);

it('two exceptions are not one with a space', () => {
  const wrong = policy('second', block('10.1.0.0/16 10.2.0.0/16'));
  expect(problemsOf(wrong)).toEqual([[true, 'cidr']]);
  expect(problemsOf(policy('first', block('10.1.0.0/16', '10.2.0.0/16')), wrong)).toEqual([[true, 'cidr']]);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY])('the port %p is not an absent one', (port) => {
  const wrong = policy('second', { ports: [{ port }] });
  const [[, rule] = []] = problemsOf(wrong);
  expect(problemsOf(policy('first', { ports: [{ port: null }] }), wrong)).toEqual([[true, rule]]);
});
