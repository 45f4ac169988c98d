import { readManifests } from '../../../lib/analysis';
import { ipsText } from '../../../lib/model/ip-set';
import type { Rule } from '../../../lib/model/layer';
import { podSetText } from '../../../lib/model/pod-set';
import { portsText } from '../../../lib/model/port-set';

const containers = [{ name: 'main', image: 'main' }];

function read(apiVersion: string, kind: string, spec: object) {
  const { rules, isolations, unread, problems, policies } = readManifests([
    { apiVersion, kind, metadata: { name: 'it', namespace: 'agents' }, spec },
  ]);
  return { rules, isolations, unread, problems, policies };
}

function text({ policy, direction, subject, peers, ports, isUncertain }: Rule): string {
  const ends = peers.map((peer) =>
    peer.kind === 'pods' ? podSetText(peer.pods) : peer.kind === 'addresses' ? ipsText(peer.addresses) : peer.kind,
  );
  const sure = isUncertain ? 'perhaps ' : '';
  return `${sure}${policy.name} ${direction} ${podSetText(subject)} ${ends.join(' or ')} ${portsText(ports)}`;
}

const sandbox = (spec: object) =>
  read('extensions.agents.x-k8s.io/v1beta1', 'SandboxTemplate', { podTemplate: { spec: { containers } }, ...spec });

describe('the policy that is written for a SandboxTemplate', () => {
  it('lets its router in and every public address out, perhaps', () => {
    const { rules, isolations, unread, problems, policies } = sandbox({});
    expect([unread, problems, policies]).toEqual([[], [], 0]);
    const subject = 'agents/{agents.x-k8s.io/sandbox-template-ref-hash}';
    expect(rules.map(text)).toEqual([
      `perhaps it-network-policy ingress ${subject} agents/{app=sandbox-router} or agent-sandbox-system/{app=sandbox-router} *`,
      `perhaps it-network-policy egress ${subject} 0.0.0.0/0 except 10.0.0.0/8 and 169.254.0.0/16 and 172.16.0.0/12 and 192.168.0.0/16 or ::/0 except fc00::/7 *`,
    ]);
    expect(isolations.map(({ direction, isUncertain }) => [direction, isUncertain])).toEqual([
      ['ingress', true],
      ['egress', true],
    ]);
    expect(rules[0].doubt).toMatchObject({ rule: 'writes-policies', fix: expect.stringContaining('Unmanaged') });
  });

  it('says what the template says, where it does', () => {
    const egress = [{ ports: [{ port: 443 }] }];
    expect(sandbox({ networkPolicy: { ingress: [], egress } }).rules.map(text)).toEqual([
      'perhaps it-network-policy egress agents/{agents.x-k8s.io/sandbox-template-ref-hash} anything TCP/443',
    ]);
    expect(sandbox({ networkPolicy: { egress: [] } }).rules).toEqual([]);
  });

  it('is none where it is switched off, and anything where it cannot be read', () => {
    const off = sandbox({ networkPolicyManagement: 'Unmanaged' });
    expect([off.rules, off.isolations, off.unread]).toEqual([[], [], []]);
    const wrong = sandbox({ networkPolicy: { egress: [{ to: [{ ipBlock: { cidr: 'everywhere' } }] }] } });
    expect(wrong.rules).toEqual([]);
    expect(wrong.unread).toHaveLength(1);
  });
});

describe('a pool of sandboxes', () => {
  const pool = {
    apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
    kind: 'SandboxWarmPool',
    metadata: { name: 'pool', namespace: 'agents' },
    spec: { replicas: 1, sandboxTemplateRef: { name: 'it' } },
  };
  const template = (namespace: string) => ({
    ...pool,
    kind: 'SandboxTemplate',
    metadata: { name: 'it', namespace },
    spec: { networkPolicyManagement: 'Unmanaged' },
  });

  it('has the policy of its template, where that is read', () => {
    expect(readManifests([pool, template('agents')]).unread).toEqual([]);
    expect(readManifests([pool, template('other')]).unread).toHaveLength(1);
    expect(readManifests([pool]).unread[0].problem.fix).toContain('Read its SandboxTemplate along');
  });
});

const head = { rayStartParams: { 'dashboard-port': '9000' }, template: { spec: { containers } } };
const worker = { groupName: 'gpu', template: { spec: { containers } } };
const cluster = (networkPolicy?: object) => ({ headGroupSpec: head, workerGroupSpecs: [worker], networkPolicy });

describe('the policies that are written for a RayCluster', () => {
  it('keep its pods to themselves, perhaps', () => {
    const { rules, isolations } = read('ray.io/v1', 'RayCluster', cluster({}));
    const [ofHead, ofWorkers] = [
      'agents/{ray.io/cluster=it, ray.io/node-type=head}',
      'agents/{ray.io/cluster=it, ray.io/group=gpu, ray.io/node-type=worker}',
    ];
    const own = 'agents/{ray.io/cluster=it}';
    expect(rules.map(text).map((line) => line.replace(/,(?! )/g, ', '))).toEqual([
      `perhaps it-head ingress ${ofHead} ${own} *`,
      `perhaps it-head egress ${ofHead} ${own} *`,
      `perhaps it-workers-gpu ingress ${ofWorkers} ${own} *`,
      `perhaps it-workers-gpu egress ${ofWorkers} ${own} *`,
    ]);
    expect(isolations).toHaveLength(4);
  });

  it('are about one direction where the mode says so, and add the rules of the object', () => {
    const { rules, isolations } = read(
      'ray.io/v1',
      'RayCluster',
      cluster({
        mode: 'DenyAllEgress',
        head: { egressRules: [{ ports: [{ port: 53, protocol: 'UDP' }] }] },
        worker: { egressRules: [{ ports: [{ port: 443 }] }] },
        workerGroups: [{ groupName: 'gpu', egressRules: [{ ports: [{ port: 8443 }] }] }],
      }),
    );
    expect(isolations.map(({ direction }) => direction)).toEqual(['egress', 'egress']);
    expect(rules.map((rule) => portsText(rule.ports))).toEqual(['*', 'UDP/53', '*', 'TCP/8443']);
  });

  it('let the pod in that submits a job', () => {
    const job = read('ray.io/v1', 'RayJob', { rayClusterSpec: cluster({}) });
    expect(job.rules.map(text)[1]).toContain('ray.io/originated-from-cr-name=it');
    expect(portsText(job.rules[1].ports)).toBe('TCP/9000');
    const beside = read('ray.io/v1', 'RayJob', { submissionMode: 'HTTPMode', rayClusterSpec: cluster({}) });
    expect(beside.rules).toHaveLength(4);
  });

  it('are none without the field', () => {
    for (const kind of ['RayCluster', 'RayService']) {
      const { rules, unread } = read('ray.io/v1', kind, { ...cluster(), rayClusterConfig: cluster() });
      expect([rules, unread]).toEqual([[], []]);
    }
  });
});
