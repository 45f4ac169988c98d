import type { Endpoint } from '../../lib/model/endpoint';
import { podSet, podsIn } from '../../lib/model/pod-set';
import * as selectors from '../../lib/model/selector';
import { anything } from '../../lib/model/selector';
import { proveGraph } from '../../lib/proof';
import { endOf, withRule } from './mechanical';
import { known, mesh, tcp } from './mesh';

describe('policies of others', () => {
  it('are accepted as far as they are declared', () => {
    const { declared, plane, weaviate } = mesh();
    const backup: Endpoint = {
      kind: 'pods',
      pods: podsIn('backup', selectors.fromLabels({ app: 'velero' })),
      owner: 'operations',
    };
    const foreign = [
      {
        from: backup,
        to: endOf(weaviate),
        traffic: { kind: 'ports' as const, ports: tcp(8080) },
        because: ['backups'],
      },
    ];
    const rule = (port: number) =>
      withRule(plane, {
        direction: 'ingress',
        subject: weaviate.pods,
        peers: [{ kind: 'pods', pods: backup.pods }],
        ports: tcp(port),
      });
    expect(proveGraph(declared, rule(8080), known).proved).toBe(false);
    expect(proveGraph(declared, rule(8080), { ...known, foreign }).proved).toBe(true);
    expect(proveGraph(declared, rule(8081), { ...known, foreign }).proved).toBe(false);
    expect(proveGraph(declared, plane, { ...known, foreign }).proved).toBe(true);
    const outward = [{ ...foreign[0], from: endOf(weaviate), to: backup }];
    const out = withRule(plane, {
      direction: 'egress',
      subject: weaviate.pods,
      peers: [{ kind: 'pods', pods: backup.pods }],
      ports: tcp(8080),
    });
    expect(proveGraph(declared, out, { ...known, foreign: outward }).proved).toBe(true);
    expect(proveGraph(declared, out, { ...known, foreign }).proved).toBe(false);
    expect(proveGraph(declared, rule(8080), { ...known, foreign: outward }).proved).toBe(false);
    const elsewhere = [{ ...foreign[0], to: { ...backup, pods: podsIn('other', weaviate.pods.pods) } }];
    expect(proveGraph(declared, rule(8080), { ...known, foreign: elsewhere }).proved).toBe(false);
    const anywhere = [{ ...foreign[0], to: { ...backup, pods: podSet(anything, weaviate.pods.pods) } }];
    expect(proveGraph(declared, rule(8080), { ...known, foreign: anywhere }).proved).toBe(true);
  });
});
