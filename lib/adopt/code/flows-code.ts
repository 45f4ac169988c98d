import { comment, list, object, quoted } from '../../init/code/words';
import { into } from '../../model/into';
import type { LeftOut, PlannedFlow } from '../plan';
import { peerCode, portsCode, requestCode, waivedCode } from './expressions';
import type { Names } from './names';

/** What is said of one namespace. */
export interface OfNamespace {
  readonly flows: readonly PlannedFlow[];
  readonly left: readonly LeftOut[];
}

/** What is said of each namespace, by its name. */
export function byNamespace(flows: readonly PlannedFlow[], left: readonly LeftOut[]): (name: string) => OfNamespace {
  const [flowsOf, leftOf] = [new Map<string, PlannedFlow[]>(), new Map<string, LeftOut[]>()];
  for (const flow of flows) into(flowsOf, namespaceIn(flow.tier), flow);
  for (const each of left) into(leftOf, namespaceIn(each.of), each);
  return (name) => ({ flows: flowsOf.get(name) ?? [], left: leftOf.get(name) ?? [] });
}

/** What is said of a whole namespace is no line of its code. */
function namespaceIn(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf('/')));
}

/** `flows/<namespace>.ts`: what the tiers of a namespace say of their connections, and what was left out. */
export function flowsCode(namespace: string, { flows, left }: OfNamespace, names: Names): string {
  const lines = flows.map((flow) => flowCode(flow, names));
  const open = left.map((each) => leftCode(each, names));
  const body = [...lines, ...(open.length > 0 && lines.length > 0 ? [''] : []), ...open];
  const all = body.join('\n');
  const used = [
    'Cidr',
    'Hostname',
    'HttpPath',
    'HttpRule',
    'LabelOperator',
    'Nodes',
    'Pods',
    'Port',
    'Protocol',
  ].filter((name) => lines.some((line) => line.includes(`${name}.`)));
  const needsCluster = lines.some((line) => line.includes('cluster.apiServer'));
  const imports = [...(needsCluster ? ['type Cluster'] : []), ...used];
  return [
    ...(imports.length === 0 ? [] : [`import { ${imports.join(', ')} } from 'cdk8s-zero-trust';`]),
    `import type { Tiers } from '../tiers';`,
    '',
    `/** Who talks to whom in ${namespace}, and why. */`,
    `export function flows(${lines.length === 0 ? '_' : 't'}: Tiers${needsCluster ? ', cluster: Cluster' : ''}): void {`,
    all === '' ? '  // Nothing is let through.' : all,
    '}',
    '',
  ].join('\n');
}

/** Whether the flows of a namespace name the API server, which is the cluster's. */
export function namesCluster({ flows }: OfNamespace): boolean {
  return flows.some(({ peer }) => peer.kind === 'entity' && peer.entity === 'api-server');
}

function flowCode({ tier, direction, peer, ports, http, because, waived }: PlannedFlow, names: Names): string {
  const of = {
    tier: (key: string) => `t.${names.tier(key)}`,
    namespace: (name: string) => `t.${names.namespace(name)}`,
  };
  const method = direction === 'egress' ? 'allowTo' : 'allowFrom';
  const options = object(
    [
      ['ports', portsCode(ports)],
      ...(http ? [['http', list(http.map(requestCode))] as const] : []),
      ['because', quoted(because)],
      ...(waived.length === 0 ? [] : [['acknowledge', waivedCode(waived)] as const]),
    ],
    '  ',
  );
  return `  ${of.tier(tier)}.connections.${method}(${peerCode(peer, of)}, ${options});`;
}

function leftCode({ of, what, line }: LeftOut, names: Names): string {
  const tier = names.hasTier(of) ? names.tier(of) : undefined;
  const said = `  ${comment(`${of}: ${what}`)}`;
  return line === undefined || tier === undefined
    ? said
    : `${said}\n  ${comment(`To allow it: t.${tier}.connections.${withNames(line, names)};`)}`;
}

/** Ends in angle brackets by their names in the code. */
function withNames(line: string, names: Names): string {
  return line.replace(/<([^>]+)>/, (_, key: string) => `t.${names.tier(key)}`);
}
