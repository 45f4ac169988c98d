import { isObject } from '../../kinds/field';
import * as ips from '../../model/ip-set';
import { type Evidence, itemsOf, settingOf } from '../evidence';
import { type AgentName, metadataOf } from './agents';
import { type Fact, firstKnown, known, unknown } from './fact';

type Fields = Readonly<Record<string, unknown>>;

/** Blocks that pods get addresses from: all of them, or it is not known. */
export function podRanges(evidence: Evidence, agent: AgentName | undefined): Fact<readonly string[]> {
  const found = firstKnown(
    podRangesOf(evidence, agent),
    'nothing in the cluster says which blocks pods get addresses from',
  );
  return found.isKnown ? crossChecked(found, podAddresses(evidence), 'pod') : found;
}

function podRangesOf(evidence: Evidence, agent: AgentName | undefined): readonly Fact<readonly string[]>[] {
  const general = [fromOpenShift(evidence, 'clusterNetwork'), fromKubeadm(evidence, 'podSubnet'), fromNodes(evidence)];
  switch (agent) {
    case 'Cilium':
      return [fromCilium(evidence), ...general];
    case 'Calico':
      return [fromCalico(evidence)];
    case 'VPC CNI':
      return [unknown('pods have addresses of the subnets of the VPC, and no block tells them from nodes')];
    case 'flannel':
      return [fromFlannel(evidence), ...general];
    default:
      return general;
  }
}

function fromCilium(evidence: Evidence): Fact<readonly string[]> {
  const config = evidence.settings('cilium-config');
  if (config.kind === 'forbidden') return unknown(`this user may not ${config.right}`);
  const ipam = settingOf(config, 'ipam');
  if (ipam === 'cluster-pool') {
    const blocks = ['cluster-pool-ipv4-cidr', 'cluster-pool-ipv6-cidr'].flatMap((key) =>
      wordsOf(settingOf(config, key)),
    );
    if (blocks.length > 0) return known(blocks, 'cilium-config: cluster-pool-ipv4-cidr, cluster-pool-ipv6-cidr');
  }
  if (ipam === 'multi-pool') {
    const blocks = itemsOf(evidence.list('cilium.io', 'CiliumPodIPPool')).flatMap(({ spec }) =>
      isObject(spec) ? [...blocksAt(spec.ipv4), ...blocksAt(spec.ipv6)] : [],
    );
    if (blocks.length > 0) return known(blocks, 'every CiliumPodIPPool');
  }
  return unknown(`Cilium gives addresses by ipam ${ipam ?? 'that is not set'}, which names no block`);
}

function blocksAt(family: unknown): readonly string[] {
  return isObject(family) && Array.isArray(family.cidrs) ? family.cidrs.map(String) : [];
}

/** Disabled pools too: pods that have an address of one keep it. */
function fromCalico(evidence: Evidence): Fact<readonly string[]> {
  for (const group of ['projectcalico.org', 'crd.projectcalico.org']) {
    const seen = evidence.list(group, 'IPPool');
    if (seen.kind === 'forbidden') return unknown(`this user may not ${seen.right}`);
    const blocks = itemsOf(seen).flatMap(({ spec }) =>
      isObject(spec) && spec.cidr !== undefined ? [String(spec.cidr)] : [],
    );
    if (blocks.length > 0) return known(blocks, `every IPPool of ${group}`);
  }
  return unknown('Calico has no IPPool, so that another network plugin gives pods their addresses');
}

function fromFlannel(evidence: Evidence): Fact<readonly string[]> {
  const text = settingOf(evidence.settings('kube-flannel-cfg'), 'net-conf.json') ?? '';
  const blocks = ['Network', 'IPv6Network'].flatMap(
    (key) => new RegExp(`"${key}"\\s*:\\s*"([^"]+)"`).exec(text)?.[1] ?? [],
  );
  return blocks.length > 0
    ? known(blocks, 'kube-flannel-cfg: net-conf.json')
    : unknown('kube-flannel-cfg says no Network');
}

function fromOpenShift(evidence: Evidence, field: 'clusterNetwork' | 'serviceNetwork'): Fact<readonly string[]> {
  const [network] = itemsOf(evidence.list('config.openshift.io', 'Network'));
  const status = isObject(network?.status) ? network.status : {};
  const blocks = (Array.isArray(status[field]) ? status[field] : []).map((each) =>
    isObject(each) ? String(each.cidr) : String(each),
  );
  return blocks.length > 0
    ? known(blocks, `Network cluster: status.${field}`)
    : unknown('there is no Network of OpenShift');
}

/** What kubeadm was told, which need not be what the network plugin does: the pods that are there speak for it or against. */
function fromKubeadm(evidence: Evidence, field: 'podSubnet' | 'serviceSubnet'): Fact<readonly string[]> {
  const text = settingOf(evidence.settings('kubeadm-config'), 'ClusterConfiguration') ?? '';
  const blocks = wordsOf(new RegExp(`^\\s*${field}:\\s*"?([^"\\n]+?)"?\\s*$`, 'm').exec(text)?.[1]);
  return blocks.length > 0
    ? known(blocks, `kubeadm-config: networking.${field}`)
    : unknown('there is no kubeadm-config');
}

/** Blocks of nodes are parts of a range that the API does not show: the next node has another. */
function fromNodes(evidence: Evidence): Fact<readonly string[]> {
  const blocks = itemsOf(evidence.list('', 'Node')).flatMap(({ spec }) =>
    isObject(spec) && Array.isArray(spec.podCIDRs) ? spec.podCIDRs.map(String) : [],
  );
  const found =
    blocks.length === 0 ? 'nodes have no podCIDRs' : `nodes have ${few(blocks)}, and the next one gets another`;
  return unknown(`${found}: look at how the cluster was made (kube-controller-manager --cluster-cidr)`);
}

/** Blocks that Services get addresses from. */
export function serviceRanges(evidence: Evidence): Fact<readonly string[]> {
  const found = firstKnown(
    [fromServiceCidrs(evidence), fromOpenShift(evidence, 'serviceNetwork'), fromKubeadm(evidence, 'serviceSubnet')],
    'no ServiceCIDR',
  );
  if (found.isKnown) return crossChecked(found, serviceAddresses(evidence), 'Service');
  return unknown(
    `${found.why}, and the API server has no ServiceCIDR that can be read: look at its --service-cluster-ip-range`,
  );
}

function fromServiceCidrs(evidence: Evidence): Fact<readonly string[]> {
  const seen = evidence.list('networking.k8s.io', 'ServiceCIDR');
  if (seen.kind === 'forbidden') return unknown(`this user may not ${seen.right}`);
  const blocks = itemsOf(seen).flatMap(({ spec }) =>
    isObject(spec) && Array.isArray(spec.cidrs) ? spec.cidrs.map(String) : [],
  );
  return blocks.length > 0 ? known(blocks, 'every ServiceCIDR') : unknown('there is no ServiceCIDR');
}

/** The API has addresses of nodes and no range of them: another node may have any other. */
export function nodeRanges(evidence: Evidence): Fact<readonly string[]> {
  const seen = evidence.list('', 'Node');
  if (seen.kind === 'forbidden') return unknown(`this user may not ${seen.right}`);
  const addresses = itemsOf(seen).flatMap(({ status }) =>
    isObject(status) && Array.isArray(status.addresses)
      ? status.addresses
          .filter(isObject)
          .filter(({ type }) => type === 'InternalIP')
          .map(({ address }) => String(address))
      : [],
  );
  const found = addresses.length === 0 ? 'nodes say no address' : `nodes have ${few(addresses)}`;
  return unknown(`${found}, and the API does not say which ranges nodes may have addresses of: look at their subnets`);
}

interface Addressed {
  readonly name: string;
  readonly address: string;
}

function podAddresses(evidence: Evidence): readonly Addressed[] {
  return itemsOf(evidence.list('', 'Pod')).flatMap((pod) => {
    const { spec, status } = pod;
    if (isObject(spec) && spec.hostNetwork === true) return [];
    return ipsOf(status).map((address) => ({ name: nameOf(pod), address }));
  });
}

function ipsOf(status: unknown): readonly string[] {
  const listed = isObject(status) && Array.isArray(status.podIPs) ? status.podIPs.filter(isObject) : [];
  return listed.flatMap(({ ip }) => (typeof ip === 'string' ? [ip] : []));
}

function serviceAddresses(evidence: Evidence): readonly Addressed[] {
  return itemsOf(evidence.list('', 'Service')).flatMap((service) => {
    const { spec } = service;
    const addresses = isObject(spec) && Array.isArray(spec.clusterIPs) ? spec.clusterIPs.map(String) : [];
    return addresses.filter((it) => it !== 'None').map((address) => ({ name: nameOf(service), address }));
  });
}

function nameOf(object: Fields): string {
  const { namespace, name } = metadataOf(object);
  return `${namespace}/${name}`;
}

/** Blocks that do not hold every address are not all of them, so that nothing may be concluded from them. */
function crossChecked(
  found: Fact<readonly string[]> & { readonly isKnown: true },
  addresses: readonly Addressed[],
  what: string,
): Fact<readonly string[]> {
  const set = setOf(found.value);
  if (set === undefined) return unknown(`${found.how} says ${found.value.join(', ')}, which are no blocks`);
  const outside = addresses.find(({ address }) => !ips.hasAddress(set, address));
  if (outside === undefined) {
    const checked =
      addresses.length === 0 ? '' : `; it holds every address of ${what}s that is there (${addresses.length})`;
    return known([...new Set(found.value)], `${found.how}${checked}`);
  }
  return unknown(
    `${found.how} says ${found.value.join(', ')}, and the ${what} ${outside.name} has ${outside.address}, which is outside`,
  );
}

function setOf(blocks: readonly string[]): ips.IpSet | undefined {
  try {
    return ips.fromBlocks(blocks);
  } catch {
    return undefined;
  }
}

function wordsOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
}

const FEW = 3;

function few(words: readonly string[]): string {
  const more = words.length - FEW;
  return more > 0 ? `${words.slice(0, FEW).join(', ')} and ${more} more` : words.join(', ');
}
