import type { PlatformName } from '../../cluster/platforms';
import { isObject } from '../../kinds/field';
import type { Encryption } from '../../model/cluster-facts';
import type { EngineName } from '../../model/engine-name';
import type { IpBlockMode } from '../../model/layer';
import { type Evidence, itemsOf, settingOf } from '../evidence';
import { type Agent, agentsIn, metadataOf, minorOf } from './agents';
import { enforcement, vpcCniAgentIsOn } from './enforcement';
import { type Fact, known, unknown } from './fact';
import { nodeRanges, podRanges, serviceRanges } from './ranges';

type Fields = Readonly<Record<string, unknown>>;

/** Name servers, as the file of facts has them. */
export type DnsFound = 'coredns' | 'node-local' | 'openshift' | { readonly addresses: readonly string[] };

/** Where pods reach the API server. */
export interface ApiServerFound {
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
}

/** What a cluster is, each fact with how it was found, or why it could not be. */
export interface ClusterFound {
  readonly name: string;
  readonly engine: Fact<EngineName>;
  /** Of the engine; of Kubernetes, where that is all that is known of it. */
  readonly version: Fact<string>;
  readonly platform: Fact<PlatformName>;
  readonly podCidrs: Fact<readonly string[]>;
  readonly serviceCidrs: Fact<readonly string[]>;
  readonly nodeCidrs: Fact<readonly string[]>;
  readonly apiServer: Fact<ApiServerFound>;
  readonly dns: Fact<readonly DnsFound[]>;
  readonly blockMode: Fact<IpBlockMode>;
  readonly encryption: Fact<Encryption>;
}

export function clusterFound(evidence: Evidence): ClusterFound {
  const [agent] = agentsIn(evidence);
  return {
    name: evidence.name,
    engine: engineOf(evidence, agent),
    version: versionOf(evidence, agent),
    platform: platformOf(evidence),
    podCidrs: podRanges(evidence, agent?.name),
    serviceCidrs: serviceRanges(evidence),
    nodeCidrs: nodeRanges(evidence),
    apiServer: apiServerOf(evidence, agent),
    dns: dnsOf(evidence),
    blockMode: blockModeOf(evidence, agent),
    encryption: encryptionOf(evidence, agent),
  };
}

function engineOf(evidence: Evidence, agent: Agent | undefined): Fact<EngineName> {
  if (agent?.name === 'VPC CNI' && !vpcCniAgentIsOn(agent)) return unknown(enforcement(evidence).evidence);
  if (agent !== undefined && agent.name !== 'flannel') return known(agent.engine, `${agent.name}: ${agent.where}`);
  const seen = evidence.list('apps', 'DaemonSet');
  if (seen.kind === 'forbidden') return unknown(`this user may not ${seen.right}`);
  return unknown(
    agent === undefined
      ? 'no DaemonSet is one of an engine that is known here'
      : `${agent.where} is flannel, which enforces nothing, and no engine is beside it`,
  );
}

function versionOf(evidence: Evidence, agent: Agent | undefined): Fact<string> {
  if (agent !== undefined && agent.engine !== 'kubernetes') {
    const minor = minorOf(agent.name === 'Calico' ? (calicoVersion(evidence) ?? agent.tag) : agent.tag);
    if (minor === undefined) return unknown(`the image of ${agent.where} has no tag that is a version`);
    return known(minor, `${agent.where}: ${agent.tag ?? 'its version'}`);
  }
  const minor = minorOf(evidence.kubernetes);
  return minor === undefined
    ? unknown('the API server does not say its version')
    : known(minor, `Kubernetes ${evidence.kubernetes}`);
}

function calicoVersion(evidence: Evidence): string | undefined {
  const spec = ['projectcalico.org', 'crd.projectcalico.org']
    .flatMap((group) => itemsOf(evidence.list(group, 'ClusterInformation')))
    .map((each) => each.spec)
    .find(isObject);
  return typeof spec?.calicoVersion === 'string' ? spec.calicoVersion : undefined;
}

/** By what cloud providers and distributions write into nodes. */
function platformOf(evidence: Evidence): Fact<PlatformName> {
  if (evidence.discovered.groups.has('config.openshift.io'))
    return known('openshift', 'the API group config.openshift.io');
  if (evidence.kubernetes?.includes('+k3s')) return known('k3s', `Kubernetes ${evidence.kubernetes}`);
  const seen = evidence.list('', 'Node');
  if (seen.kind === 'forbidden') return unknown(`this user may not ${seen.right}`);
  for (const node of itemsOf(seen)) {
    const { name, labels: given } = metadataOf(node);
    const labels = isObject(given) ? given : {};
    const provider = isObject(node.spec) ? String(node.spec.providerID ?? '') : '';
    const has = (prefix: string) => Object.keys(labels).some((key) => key.startsWith(prefix));
    if (labels['eks.amazonaws.com/compute-type'] === 'auto')
      return known('eks-auto-mode', `a label of the node ${name}`);
    if (has('eks.amazonaws.com/')) return known('eks', `labels of the node ${name}`);
    if (String(name).startsWith('gk3-')) return known('gke-autopilot', `the name of the node ${name}`);
    if (has('cloud.google.com/gke-')) return known('gke-standard', `labels of the node ${name}`);
    if (has('kubernetes.azure.com/')) return known('aks', `labels of the node ${name}`);
    if (provider.startsWith('kind://')) return known('kind', `the providerID of the node ${name}`);
  }
  return unknown('no node says a platform that is known here');
}

/** What is behind `kubernetes.default`; on the VPC CNI the address of that Service, since it decides before translation. */
function apiServerOf(evidence: Evidence, agent: Agent | undefined): Fact<ApiServerFound> {
  if (agent?.name === 'VPC CNI') return apiServerByService(evidence);
  const seen = evidence.list('discovery.k8s.io', 'EndpointSlice');
  if (seen.kind === 'forbidden') return unknown(`this user may not ${seen.right}`);
  const own = itemsOf(seen).filter((slice) => {
    const { labels } = metadataOf(slice);
    return isObject(labels) && labels['kubernetes.io/service-name'] === 'kubernetes';
  });
  const addresses = own
    .flatMap(({ endpoints }) => (Array.isArray(endpoints) ? endpoints.filter(isObject) : []))
    .flatMap((endpoint) => (Array.isArray(endpoint.addresses) ? endpoint.addresses.map(String) : []));
  const ports = own
    .flatMap((slice) => (Array.isArray(slice.ports) ? slice.ports.filter(isObject) : []))
    .flatMap(({ port }) => (typeof port === 'number' ? [port] : []));
  if (addresses.length === 0 || ports.length === 0) {
    return unknown('there is no EndpointSlice of the Service kubernetes in default');
  }
  return known(
    { addresses: [...new Set(addresses)].sort().map(blockOf), ports: [...new Set(ports)] },
    'EndpointSlices of the Service kubernetes in default',
  );
}

function apiServerByService(evidence: Evidence): Fact<ApiServerFound> {
  const service = itemsOf(evidence.list('', 'Service')).find((each) => {
    const { namespace, name } = metadataOf(each);
    return namespace === 'default' && name === 'kubernetes';
  });
  const spec = isObject(service?.spec) ? service.spec : {};
  const addresses = Array.isArray(spec.clusterIPs) ? spec.clusterIPs.map(String) : [];
  if (addresses.length === 0) return unknown('the Service kubernetes in default has no address that can be read');
  return known(
    { addresses: addresses.map(blockOf), ports: [443] },
    'the ClusterIP of the Service kubernetes in default',
  );
}

function blockOf(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** By the pods that answer: those of CoreDNS and kube-dns wear `k8s-app: kube-dns`. */
function dnsOf(evidence: Evidence): Fact<readonly DnsFound[]> {
  if (evidence.discovered.groups.has('config.openshift.io'))
    return known(['openshift'], 'the DNS operator of OpenShift');
  const local = itemsOf(evidence.list('apps', 'DaemonSet')).find((each) => metadataOf(each).name === 'node-local-dns');
  const pods = evidence.list('', 'Pod');
  if (pods.kind === 'forbidden') return unknown(`this user may not ${pods.right}`);
  const hasCoreDns = itemsOf(pods).some((pod) => {
    const { namespace, labels } = metadataOf(pod);
    return namespace === 'kube-system' && isObject(labels) && labels['k8s-app'] === 'kube-dns';
  });
  if (local !== undefined) return known(nodeLocal(local), 'DaemonSet kube-system/node-local-dns');
  if (hasCoreDns) return known(['coredns'], 'pods of kube-system with k8s-app: kube-dns');
  return unknown('no pod of kube-system has k8s-app: kube-dns, and there is no node-local-dns');
}

/** Where Kubernetes' own manifest has it (`cluster/addons/dns/nodelocaldns`). */
const USUAL_LOCAL = '169.254.20.10';

/** It listens at a link-local address, and often at that of the Service too. */
function nodeLocal(daemonSet: Fields): readonly DnsFound[] {
  const text = JSON.stringify(daemonSet);
  const listed = /"-localip"\s*,\s*"([^"]+)"|-localip[ =]([0-9a-fA-F.:,]+)/.exec(text);
  const addresses = (listed?.[1] ?? listed?.[2] ?? USUAL_LOCAL)
    .split(',')
    .filter((it) => it !== USUAL_LOCAL && it !== '');
  return ['node-local', ...(addresses.length === 0 ? [] : [{ addresses: addresses.map(blockOf) }])];
}

/** What a block of addresses matches, where the engine leaves that to settings. */
function blockModeOf(evidence: Evidence, agent: Agent | undefined): Fact<IpBlockMode> {
  switch (agent?.name) {
    case 'Cilium': {
      const mode = settingOf(evidence.settings('cilium-config'), 'policy-cidr-match-mode');
      if (mode?.includes('nodes'))
        return unknown('Cilium has policy-cidr-match-mode: nodes, so that blocks match nodes and no pods');
      return known('external-only', 'Cilium: blocks match no pods');
    }
    case 'GKE Dataplane V2':
      return known('external-only', 'GKE Dataplane V2: blocks match no pods');
    case 'Calico':
    case 'Antrea':
    case 'OVN-Kubernetes':
    case 'k3s':
      return known('pods', `${agent.name}: blocks match pods`);
    default:
      return unknown('whether blocks match pods is left to whoever enforces NetworkPolicy');
  }
}

function encryptionOf(evidence: Evidence, agent: Agent | undefined): Fact<Encryption> {
  switch (agent?.name) {
    case 'Cilium':
      return ciliumEncryption(evidence);
    case 'Calico':
      return calicoEncryption(evidence);
    case 'Antrea': {
      const text = settingOf(evidence.settings('antrea-config'), 'antrea-agent.conf') ?? '';
      const mode = /^trafficEncryptionMode:\s*"?(\w+)/m.exec(text)?.[1]?.toLowerCase();
      const how = 'antrea-config: trafficEncryptionMode';
      if (mode === 'wireguard') return known('WireGuard', how);
      if (mode === 'ipsec') return known('IPsec', how);
      return unknown(`${how} is ${mode ?? 'not set, or antrea-config cannot be read'}`);
    }
    default:
      return unknown('no setting of an engine says that it encrypts; a mesh is not looked at');
  }
}

function ciliumEncryption(evidence: Evidence): Fact<Encryption> {
  const config = evidence.settings('cilium-config');
  if (config.kind === 'forbidden') return unknown(`this user may not ${config.right}`);
  if (settingOf(config, 'enable-wireguard') === 'true') return known('WireGuard', 'cilium-config: enable-wireguard');
  if (settingOf(config, 'enable-ipsec') === 'true') return known('IPsec', 'cilium-config: enable-ipsec');
  return unknown('cilium-config sets neither enable-wireguard nor enable-ipsec, so that it is off');
}

/** Settings of one node override those of all. */
function calicoEncryption(evidence: Evidence): Fact<Encryption> {
  const all = ['projectcalico.org', 'crd.projectcalico.org'].flatMap((group) =>
    itemsOf(evidence.list(group, 'FelixConfiguration')),
  );
  const isOn = (each: Fields) => isObject(each.spec) && each.spec.wireguardEnabled === true;
  const off = all.find(
    (each) =>
      String(metadataOf(each).name).startsWith('node.') && isObject(each.spec) && each.spec.wireguardEnabled === false,
  );
  const general = all.find((each) => metadataOf(each).name === 'default');
  if (general === undefined || !isOn(general))
    return unknown('FelixConfiguration default does not have wireguardEnabled: true');
  if (off !== undefined) return unknown(`FelixConfiguration ${metadataOf(off).name} has wireguardEnabled: false`);
  return known('WireGuard', 'FelixConfiguration default: wireguardEnabled');
}
