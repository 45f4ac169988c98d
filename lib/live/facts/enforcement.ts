import { isObject } from '../../kinds/field';
import { type Evidence, itemsOf, settingOf } from '../evidence';
import { type Agent, agentsIn, containersOf, metadataOf } from './agents';

/** Whether something holds in a cluster, with what shows it. */
export interface Shown {
  readonly verdict: 'yes' | 'no' | 'not known';
  /** A sentence without its full stop. */
  readonly evidence: string;
}

/** Whether policies are enforced at all; of NetworkPolicy, unless the engine tells otherwise. */
export function enforcement(evidence: Evidence): Shown {
  const seen = evidence.list('apps', 'DaemonSet');
  if (seen.kind === 'forbidden') return notKnown(`this user may not ${seen.right}`);
  const [agent] = agentsIn(evidence);
  if (agent === undefined) return notKnown('no DaemonSet is one of an engine that is known here');
  switch (agent.name) {
    case 'Cilium':
      return ofCilium(evidence, agent);
    case 'VPC CNI':
      return ofVpcCni(evidence, agent);
    case 'kindnet':
      return ofKindnet(agent);
    case 'flannel':
      return no(`${agent.where} enforces nothing, and no engine is beside it`);
    case 'Antrea':
      return ofAntrea(evidence, agent);
    case 'k3s':
      return notKnown(
        `${agent.where} enforces policies unless its servers run with --disable-network-policy, which no object shows`,
      );
    case 'Weave Net':
      return notKnown(`${agent.where} enforces policies unless it runs with EXPECT_NPC=0; nobody mends it any more`);
    default:
      return yes(`${agent.name} runs as ${agent.where}`);
  }
}

/** Keys of the ConfigMap as Cilium 1.20's chart writes them; what is absent is the agent's default, which is to enforce. */
function ofCilium(evidence: Evidence, { where, tag }: Agent): Shown {
  const config = evidence.settings('cilium-config');
  if (config.kind === 'forbidden') return notKnown(`this user may not ${config.right}`);
  if (config.kind === 'absent') return notKnown(`${where} runs, and there is no kube-system/cilium-config`);
  const set = (key: string) => settingOf(config, key);
  if (set('enable-policy') === 'never')
    return no('cilium-config has enable-policy: never, so that no policy is enforced');
  if (set('policy-audit-mode') === 'true')
    return no('cilium-config has policy-audit-mode: true, so that what is denied is logged and passes');
  if (set('enable-k8s-networkpolicy') === 'false') {
    return no('cilium-config has enable-k8s-networkpolicy: false, so that NetworkPolicy is not enforced');
  }
  const overriding = itemsOf(evidence.list('cilium.io', 'CiliumNodeConfig')).filter(overridesPolicy);
  if (overriding.length > 0) {
    const names = overriding.map((each) => String(metadataOf(each).name)).join(', ');
    return notKnown(`CiliumNodeConfig ${names} has settings of its own for policies on some nodes`);
  }
  return yes(
    `${where} (${tag ?? 'version not known'}); cilium-config has enable-policy: ${set('enable-policy') ?? 'not set'}, and no audit mode`,
  );
}

const POLICY_KEYS = ['enable-policy', 'policy-audit-mode', 'enable-k8s-networkpolicy'];

function overridesPolicy({ spec }: Readonly<Record<string, unknown>>): boolean {
  const defaults = isObject(spec) && isObject(spec.defaults) ? spec.defaults : {};
  return POLICY_KEYS.some((key) => key in defaults);
}

/** Both are off by default: the argument of the agent on nodes, and the key of the controller (AWS VPC CNI 1.23, its manifest). */
function ofVpcCni(evidence: Evidence, agent: Agent): Shown {
  const config = evidence.settings('amazon-vpc-cni');
  const isAgentOn = vpcCniAgentIsOn(agent);
  if (!isAgentOn)
    return no(`${agent.where} runs its agent without --enable-network-policy=true, so that policies are not enforced`);
  if (config.kind === 'forbidden') return notKnown(`this user may not ${config.right}`);
  const key = settingOf(config, 'enable-network-policy-controller');
  if (key === 'true')
    return yes(
      `${agent.where} runs its agent with --enable-network-policy=true, and amazon-vpc-cni has enable-network-policy-controller: true`,
    );
  // On EKS the controller is run by Amazon, where no object shows it.
  return notKnown(
    `${agent.where} runs its agent with --enable-network-policy=true, and amazon-vpc-cni has enable-network-policy-controller: ${key ?? 'not set'}`,
  );
}

export function vpcCniAgentIsOn({ daemonSet = {} }: Agent): boolean {
  const node = containersOf(daemonSet).find(({ name }) => name === 'aws-eks-nodeagent');
  const args = Array.isArray(node?.args) ? node.args.map(String) : [];
  return args.includes('--enable-network-policy=true');
}

/** The image of kind 0.24, which is the first that enforces (kubernetes-sigs/kind issue 842; its node image of Kubernetes 1.31.0). */
const FIRST_ENFORCING = 20240813;

function ofKindnet({ where, tag }: Agent): Shown {
  const date = Number(/^v(\d{8})/.exec(tag ?? '')?.[1]);
  if (Number.isNaN(date)) return notKnown(`${where} has the tag ${tag ?? 'that is missing'}, which says no date`);
  return date >= FIRST_ENFORCING
    ? yes(`${where} is of ${tag}, and kindnet enforces from v${FIRST_ENFORCING} (kind 0.24) on`)
    : no(`${where} is of ${tag}, and kindnet enforces nothing before v${FIRST_ENFORCING} (kind 0.24)`);
}

/** The feature gate is on unless it is written as off; only what differs from the default is written. */
function ofAntrea(evidence: Evidence, { where }: Agent): Shown {
  const config = evidence.settings('antrea-config');
  if (config.kind === 'forbidden') return notKnown(`this user may not ${config.right}`);
  const text = settingOf(config, 'antrea-agent.conf') ?? '';
  if (/^\s*AntreaPolicy:\s*false/m.test(text))
    return no('antrea-config has AntreaPolicy: false, so that policies of Antrea are not enforced');
  return config.kind === 'absent'
    ? notKnown(`${where} runs, and there is no kube-system/antrea-config to say whether AntreaPolicy is on`)
    : yes(`${where} runs, and antrea-config does not switch AntreaPolicy off`);
}

/** Whether the agent runs on every node: without it a node enforces nothing, or runs no pods, and which is not shown. */
export function agentOnEveryNode(evidence: Evidence): Shown {
  const agent = agentsIn(evidence).find(({ daemonSet }) => daemonSet !== undefined);
  if (agent === undefined) return notKnown('no agent of an engine is known here');
  const nodes = evidence.list('', 'Node');
  const pods = evidence.list('', 'Pod');
  for (const seen of [nodes, pods]) if (seen.kind === 'forbidden') return notKnown(`this user may not ${seen.right}`);
  const { namespace, name } = metadataOf(agent.daemonSet ?? {});
  const on = new Set(
    itemsOf(pods)
      .filter((pod) => isOf(pod, String(namespace), String(name)))
      .map(({ spec }) => (isObject(spec) ? String(spec.nodeName) : '')),
  );
  const all = itemsOf(nodes).map((node) => String(metadataOf(node).name));
  const without = all.filter((node) => !on.has(node)).sort();
  if (all.length === 0) return notKnown('there is no node');
  return without.length === 0
    ? yes(`${agent.where} has a pod on each of ${all.length} nodes`)
    : no(
        `${agent.where} has no pod on ${without.slice(0, 5).join(', ')}${without.length > 5 ? ` and ${without.length - 5} more` : ''}`,
      );
}

function isOf(pod: Readonly<Record<string, unknown>>, namespace: string, daemonSet: string): boolean {
  const { namespace: own, ownerReferences } = metadataOf(pod);
  const owners = Array.isArray(ownerReferences) ? ownerReferences.filter(isObject) : [];
  const isRunning = isObject(pod.status) && pod.status.phase === 'Running';
  return own === namespace && isRunning && owners.some(({ kind, name }) => kind === 'DaemonSet' && name === daemonSet);
}

/** Whether a new pod is isolated before its policies are set up; undefined where the engine does not leave that to a setting. */
export function isolatedFromStart(evidence: Evidence): Shown | undefined {
  const [agent] = agentsIn(evidence);
  if (agent?.name !== 'VPC CNI') return undefined;
  const env = containersOf(agent.daemonSet ?? {})
    .flatMap((container) => (Array.isArray(container.env) ? container.env.filter(isObject) : []))
    .find(({ name }) => name === 'NETWORK_POLICY_ENFORCING_MODE');
  return env?.value === 'strict'
    ? yes(`${agent.where} has NETWORK_POLICY_ENFORCING_MODE: strict`)
    : no(
        `${agent.where} has NETWORK_POLICY_ENFORCING_MODE: ${String(env?.value ?? 'standard, the default')}, which lets a new pod through until its policies are set up`,
      );
}

export function yes(evidence: string): Shown {
  return { verdict: 'yes', evidence };
}

export function no(evidence: string): Shown {
  return { verdict: 'no', evidence };
}

export function notKnown(evidence: string): Shown {
  return { verdict: 'not known', evidence };
}
