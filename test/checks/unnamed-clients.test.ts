import { unnamedClients } from '../../lib/checks/unnamed-clients';
import { foundIn } from './found';
import { deployment, policy } from './policies';

const qdrant = deployment({ name: 'qdrant', image: 'qdrant/qdrant:v1.19.0' });
const ingress = (rule: string) => policy({ name: 'qdrant', pods: 'app: qdrant', ingress: `[${rule}]` });

test('A known store that everybody reaches is found, whichever way everybody is written.', () => {
  for (const rule of ['{ ports: [{ port: 6333 }] }', '{}', '{ from: [{ namespaceSelector: {} }] }']) {
    expect(foundIn(unnamedClients, qdrant + ingress(rule))).toMatchObject([
      { level: 'warning', about: 'Deployment models/qdrant', what: expect.stringContaining('data (it is Qdrant)') },
    ]);
  }
});

test('Named clients, other ports and web servers are left alone.', () => {
  expect(
    foundIn(unnamedClients, qdrant + ingress('{ from: [{ podSelector: { matchLabels: { app: agent } } }] }')),
  ).toEqual([]);
  expect(foundIn(unnamedClients, qdrant + ingress('{ ports: [{ port: 9999 }] }'))).toEqual([]);
  const web = deployment({ name: 'web', image: 'nginx' }) + policy({ name: 'web', pods: 'app: web', ingress: '[{}]' });
  expect(foundIn(unnamedClients, web)).toEqual([]);
});

test('A workload that is not known keeps data where its namespace says so.', () => {
  const namespace = '\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: models, labels: { purpose: data } }\n';
  const own = deployment({ name: 'own' }) + policy({ name: 'own', pods: 'app: own', ingress: '[{}]' });
  expect(foundIn(unnamedClients, own)).toEqual([]);
  expect(foundIn(unnamedClients, namespace + own)).toHaveLength(1);
});
