import { CLUSTER_FACTS_SCHEMA } from '../analysis/files/own-files';
import { PLATFORMS } from '../cluster/platforms';
import { type Field, isObject } from '../kinds/field';
import type { ClusterFacts } from '../model/cluster-facts';
import { ENGINE_NAMES, type EngineName } from '../model/engine-name';
import * as ips from '../model/ip-set';
import type { IpBlockMode } from '../model/layer';
import { portNumberProblem } from '../model/port-problem';
import { ZeroTrustError } from '../model/problem';
import { Cluster } from '../values/cluster';
import type { ClusterProps } from '../values/cluster-props';
import { Dns } from '../values/dns';
import { Encryption } from '../values/encryption';
import { Platform } from '../values/platform';
import { Port } from '../values/port';
import { choiceOf } from './choice';
import { type EngineGiven, engineCluster } from './engine-given';
import { fileText, readFields } from './fields-of-file';

/** Facts of a cluster from a file. */
export interface ClusterRead {
  readonly facts: ClusterFacts;
  /** The engine that the file names; absent where it leaves that to the manifests. */
  readonly engine?: EngineGiven;
  /** The file, or its platform, says what a block of addresses matches. */
  readonly ipBlockMode?: IpBlockMode;
}

/**
 * Reads facts of a cluster from YAML or JSON.
 *
 * @param told the engine that the command line names, which comes before that of the file.
 * @throws with the line of everything that is wrong.
 */
export function readClusterFile(path: string, told?: EngineGiven): ClusterRead {
  return readClusterText(fileText(path), path, told);
}

/** The same of text; `file` is what it is called in problems. */
export function readClusterText(text: string, file: string, told?: EngineGiven): ClusterRead {
  return readFields(text, file, (top) => clusterOf(top, told) ?? false, notFacts);
}

const FIELDS = [
  'schema',
  'name',
  'engine',
  'version',
  'platform',
  'podCidrs',
  'serviceCidrs',
  'nodeCidrs',
  'apiServer',
  'dns',
  'blockMode',
  'encryption',
];

/** What the fields say; undefined, with problems, where they say nothing that could be used. */
export function clusterOf(top: Field, told: EngineGiven | undefined): ClusterRead | undefined {
  top.only(FIELDS);
  choiceOf(top.child('schema'), [CLUSTER_FACTS_SCHEMA], 'cluster-facts');
  const own = engineOf(top);
  const engine = told ?? own;
  const ipBlockMode = choiceOf<IpBlockMode>(top.child('blockMode'), ['pods', 'external-only', 'may'], 'cluster-facts');
  const platform = choiceOf(top.child('platform'), Object.values(Platform), 'cluster-facts');
  const props: ClusterProps = {
    name: top.child('name').text(),
    platform,
    podCidrs: blocksOf(top.child('podCidrs')),
    serviceCidrs: blocksOf(top.child('serviceCidrs')),
    nodeCidrs: blocksOf(top.child('nodeCidrs')),
    apiServer: apiServerOf(top.child('apiServer')),
    dns: dnsOf(top.child('dns')),
    encryption: choiceOf(top.child('encryption'), Object.values(Encryption), 'cluster-facts'),
  };
  if (top.problemCount > 0) return undefined;
  const facts = (own === undefined || told !== undefined ? top : top.child('version')).try(() =>
    engine === undefined ? Cluster.kubernetes(props)._facts : engineCluster(engine, props),
  );
  if (facts === undefined) return undefined;
  const mode = ipBlockMode ?? (platform === undefined ? undefined : PLATFORMS[platform].ipBlockMode);
  return {
    facts: ipBlockMode === undefined ? facts : { ...facts, ipBlockMode },
    ...(engine && { engine }),
    ...(mode !== undefined && { ipBlockMode: mode }),
  };
}

function engineOf(top: Field): EngineGiven | undefined {
  const name = choiceOf<EngineName>(top.child('engine'), ENGINE_NAMES, 'cluster-facts');
  const version = top.child('version').text();
  if (version !== undefined && top.child('engine').isAbsent) {
    top.child('version').refuse({
      rule: 'cluster-version',
      what: 'A version says nothing without the engine that it is of',
      value: version,
      allowed: 'engine and version together',
      fix: `engine: cilium\nversion: '${version}'`,
    });
  }
  return name === undefined ? undefined : { name, ...(version !== undefined && { version }) };
}

function blocksOf(field: Field): string[] | undefined {
  if (field.isAbsent) return undefined;
  const items = field.items();
  if (items.length === 0 && Array.isArray(field.value)) refuseEmpty(field);
  return items.flatMap((item) => {
    const block = item.text();
    return block !== undefined && item.try(() => ips.fromBlocks([block])) !== undefined ? [block] : [];
  });
}

/** It would say that it is known, and that there are none. */
function refuseEmpty(field: Field): void {
  field.refuse({
    rule: 'cluster-ranges-empty',
    what: 'An empty list would say that there are none',
    value: '[]',
    allowed: 'every one, or no list at all where they are not known',
    fix: 'Give them, or leave the field out.',
  });
}

function portsOf(field: Field): number[] | undefined {
  if (field.isAbsent) return undefined;
  const items = field.items();
  if (items.length === 0 && Array.isArray(field.value)) refuseEmpty(field);
  return items.flatMap((item) => {
    const problem = portNumberProblem(item.value);
    if (problem === undefined) return [item.value as number];
    item.refuse(problem);
    return [];
  });
}

function apiServerOf(field: Field): ClusterProps['apiServer'] {
  if (field.isAbsent) return undefined;
  field.only(['addresses', 'ports']);
  const addresses = blocksOf(field.child('addresses'));
  const ports = portsOf(field.child('ports'));
  if (addresses === undefined) refuseMissing(field, 'addresses');
  return addresses && { addresses, ports: ports?.map((port) => Port.tcp(port)) };
}

function refuseMissing(field: Field, name: string): void {
  if (!isObject(field.value)) return;
  field.refuse({
    rule: 'missing-field',
    what: `There is no '${name}' here`,
    allowed: 'blocks of addresses',
    fix: `${name}: ['192.0.2.10/32']`,
  });
}

const FLAVOURS: Readonly<Record<string, () => Dns>> = {
  coredns: () => Dns.coreDns(),
  'node-local': () => Dns.nodeLocal(),
  openshift: () => Dns.openShift(),
  'gke-cloud-dns': () => Dns.gkeCloudDns(),
};

function dnsOf(field: Field): Dns | undefined {
  if (field.isAbsent) return undefined;
  if (!Array.isArray(field.value)) return oneDns(field);
  if (field.value.length === 0) refuseEmpty(field);
  const several = field.items().flatMap((item) => oneDns(item) ?? []);
  return several.length === 0 ? undefined : Dns.anyOf(several);
}

function oneDns(field: Field): Dns | undefined {
  if (!isObject(field.value)) {
    const flavour = choiceOf(field, Object.keys(FLAVOURS), 'cluster-facts');
    return flavour === undefined ? undefined : FLAVOURS[flavour]();
  }
  field.only(['addresses', 'ports']);
  const addresses = blocksOf(field.child('addresses'));
  const ports = portsOf(field.child('ports'));
  if (addresses === undefined || addresses.length === 0) {
    if (addresses === undefined) refuseMissing(field, 'addresses');
    return undefined;
  }
  return Dns.custom({ addresses, ports: ports?.flatMap((port) => [Port.udp(port), Port.tcp(port)]) });
}

function notFacts(file: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'cluster-facts',
    where: file,
    what: 'This is not a file with facts of a cluster',
    allowed: `one object with any of ${FIELDS.join(', ')}`,
    fix: "engine: cilium\nversion: '1.20'\npodCidrs: ['10.244.0.0/16']",
  });
}
