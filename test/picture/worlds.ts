import { connectivity, waysIn } from '../../lib/analysis';
import { readText } from '../../lib/analysis/files/read-files';
import { planeOf } from '../../lib/analysis/plane-of';
import { connectionsOf } from '../../lib/asking/connections';
import { coreDns } from '../../lib/cluster/dns-flavours';
import { connectionsPicture } from '../../lib/picture/connections-picture';
import type { Arrow, Picture } from '../../lib/picture/picture';
import { pictureFindings } from '../../lib/picture/picture-findings';
import { denyAll, workload } from '../cli/worlds';

/** The picture of manifests as one text. */
export function pictureOf(yaml: string): Picture {
  const reading = readText(yaml, 'world.yaml', {});
  const { plane, engine } = planeOf(reading, {});
  const { world, written } = reading;
  const reach = connectivity(world, plane);
  return connectionsPicture({
    known: { world, plane, facts: { engine, ipBlockMode: plane.ipBlockMode, dns: coreDns() } },
    reach,
    found: connectionsOf({ world, reach }),
    written,
    waysIn: waysIn({ world, written }, plane),
    findings: pictureFindings([], () => undefined),
    roleOf: () => undefined,
    title: 'Connections of a test',
    about: 'Made up.',
    isWhole: true,
  });
}

/** Arrows as `from -> to ports`. */
export function arrowTexts({ islands, boxes, arrows }: Picture): string[] {
  const nameOf = (id: string) => {
    const box = boxes.find((each) => each.id === id);
    const island = islands.find((each) => each.id === box?.island);
    return island?.kind === 'namespace' ? `${island.name}/${box?.name}` : `${box?.name}`;
  };
  return arrows.map(
    ({ from, to, ports, mark }) => `${nameOf(from)} -> ${nameOf(to)} ${ports}${mark ? ` ${mark}` : ''}`,
  );
}

/** Namespaces of agents that each ask the model of the next one; everybody resolves names. */
export function platform(namespaces: number, each: number): string {
  const names = Array.from({ length: namespaces }, (_, at) => `team-${at}`);
  return [
    workload('kube-system/coredns', 'Deployment', 53),
    ...names.flatMap((name, at) => {
      const next = names[(at + 1) % names.length];
      return [
        ...Array.from({ length: each }, (_, of) => workload(`${name}/app-${of}`)),
        denyAll(name),
        policy(
          name,
          'dns',
          '{}',
          'Egress',
          'to',
          '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }',
          '{ protocol: UDP, port: 53 }',
        ),
        ...Array.from({ length: each }, (_, of) => [
          policy(
            name,
            `out-${of}`,
            `{ matchLabels: { app: app-${of} } }`,
            'Egress',
            'to',
            peer(next, `app-${(of + 1) % each}`),
            '{ port: 8080 }',
          ),
          policy(
            next,
            `in-${of}`,
            `{ matchLabels: { app: app-${(of + 1) % each} } }`,
            'Ingress',
            'from',
            peer(name, `app-${of}`),
            '{ port: 8080 }',
          ),
        ]).flat(),
      ];
    }),
  ].join('---\n');
}

function peer(namespace: string, app: string): string {
  return `{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${namespace} } }, podSelector: { matchLabels: { app: ${app} } } }`;
}

function policy(
  namespace: string,
  name: string,
  pods: string,
  type: string,
  way: string,
  of: string,
  port: string,
): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  podSelector: ${pods}
  policyTypes: [${type}]
  ${type.toLowerCase()}: [{ ${way}: [${of}], ports: [${port}] }]
`;
}

/** A picture in which every word of others is this one. */
export function pictureOfWord(text: string): Picture {
  const island = { id: 'n0', name: text, kind: 'namespace' as const, facts: [text], findings: [0] };
  const box = { island: 'n0', small: text, kind: 'one' as const, role: text, facts: [text], findings: [0] };
  const arrow: Arrow = {
    id: 'a0',
    from: 'b0',
    to: 'b1',
    ports: text,
    ranges: [['TCP', 80, 80]],
    isPerhaps: false,
    mark: 'added',
    internet: 'to',
    reasons: [text],
    policies: [text],
    engines: [text],
    explanation: [text],
    findings: [0],
  };
  return {
    title: text,
    about: text,
    notes: [text],
    elsewhere: text,
    islands: [island, { ...island, id: 'n1', kind: 'outside' }],
    boxes: [
      { ...box, id: 'b0', name: text },
      { ...box, id: 'b1', name: text },
      { ...box, id: 'b2', island: 'n1', kind: 'outside', name: text },
    ],
    arrows: [arrow, { ...arrow, id: 'a1', to: 'b2' }],
    findings: [
      { level: 'error', rule: text, what: text, why: text, fix: text, where: text, link: 'https://example.com/#rule' },
    ],
  };
}
