import { podsBehind } from '../../../lib/analysis/ways-in/backend-pods';
import { rawObjects } from '../../../lib/analysis/ways-in/objects';
import * as ports from '../../../lib/model/port-set';
import type { ContainerPort, Workload, World } from '../../../lib/model/world';

const workload = (name: string, labels: Record<string, string>, own: ContainerPort[] = [], namespace = 'shop') =>
  ({ id: `${namespace}/Pod/${name}`, namespace, labels, ports: own, hostNetwork: false, addresses: [] }) as Workload;

const http: ContainerPort = { name: 'http', protocol: 'TCP', number: 8080 };

const world: World = {
  namespaces: [],
  workloads: [
    workload('web', { app: 'web', tier: 'front' }, [
      http,
      { name: 'http', protocol: 'UDP', number: 8443 },
      { name: 'metrics', protocol: 'TCP', number: 9090 },
    ]),
    workload('worker', { app: 'web', tier: 'back' }),
    workload('web', { app: 'web', tier: 'front' }, [http], 'elsewhere'),
    workload('database', { app: 'database', tier: 'front' }),
  ],
  services: [],
};

/** `shop/Pod/web TCP/8080`, or the sentence that says why there is nothing. */
function behind(spec: object, port?: number | string): readonly string[] | string {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec };
  const [raw] = rawObjects([{ object: service, sourceOf: () => 'here' }]);
  const pods = podsBehind(raw, port, world);
  return typeof pods === 'string' ? pods : pods.map((one) => `${one.workload.id} ${ports.portsText(one.ports)}`);
}

const front = { app: 'web', tier: 'front' };

describe('the pods behind a Service', () => {
  it('are those of its namespace with every label that it selects', () => {
    expect(behind({ selector: front, ports: [{ port: 80 }] })).toEqual(['shop/Pod/web TCP/80']);
    expect(behind({ selector: { app: 'web' }, ports: [{ port: 80 }] })).toEqual([
      'shop/Pod/web TCP/80',
      'shop/Pod/worker TCP/80',
    ]);
    expect(behind({ selector: { app: 'nobody' }, ports: [{ port: 80 }] })).toBe(
      'selects no workload of these manifests',
    );
  });

  it('are not known without a selector, and none where it names a host', () => {
    const nothing = 'has no selector, so that nothing here tells which pods are behind it';
    expect(behind({ ports: [{ port: 80 }] })).toBe(nothing);
    expect(behind({ selector: {}, ports: [{ port: 80 }] })).toBe(nothing);
    expect(behind({ type: 'ExternalName', externalName: 'db.example.com', selector: front })).toBe(
      'leads out of the cluster, to db.example.com',
    );
    expect(behind({ type: 'ExternalName', selector: front })).toBe('leads out of the cluster, to a name');
  });

  it('listen where the port of the Service leads: by number, by name, and on its own number where it says nothing', () => {
    const on = (port: object) => behind({ selector: front, ports: [{ port: 80, ...port }] });
    expect(on({ targetPort: 8000 })).toEqual(['shop/Pod/web TCP/8000']);
    expect(on({ targetPort: 'http' })).toEqual(['shop/Pod/web TCP/8080']);
    expect(on({ targetPort: 'http', protocol: 'UDP' })).toEqual(['shop/Pod/web UDP/8443']);
    expect(on({ targetPort: 0 })).toEqual(['shop/Pod/web TCP/80']);
    expect(on({ protocol: 'SCTP' })).toEqual(['shop/Pod/web SCTP/80']);
    expect(on({ targetPort: 'other' })).toEqual(['shop/Pod/web -']);
  });

  it('listen nowhere on a number that is no port', () => {
    const on = (targetPort: number) => behind({ selector: front, ports: [{ port: 80, targetPort }] });
    expect(on(1)).toEqual(['shop/Pod/web TCP/1']);
    expect(on(65535)).toEqual(['shop/Pod/web TCP/65535']);
    for (const none of [-1, 65536, 80.5]) expect(on(none)).toEqual(['shop/Pod/web -']);
  });

  it('are those of every port, or of the one that is named', () => {
    const spec = {
      selector: front,
      ports: [
        { name: 'web', port: 80, targetPort: 'http' },
        { name: 'probe', port: 81, targetPort: 'metrics' },
      ],
    };
    expect(behind(spec)).toEqual(['shop/Pod/web TCP/8080,9090']);
    expect(behind(spec, 81)).toEqual(['shop/Pod/web TCP/9090']);
    expect(behind(spec, 'web')).toEqual(['shop/Pod/web TCP/8080']);
    expect(behind(spec, 'metrics')).toEqual(['shop/Pod/web TCP/9090']);
    expect(behind(spec, 8080)).toBe('has no port 8080');
  });
});
