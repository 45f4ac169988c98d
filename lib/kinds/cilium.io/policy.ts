import type { Direction, Isolation, PolicyRef, Rule } from '../../model/layer';
import type { Field } from '../field';
import type { Memory } from '../memory';
import type { SpecReading } from '../read-policy';
import { readRule } from './rule';
import { readNodeSelector, readSubject, type Selected } from './selectors';
import { flag, notRead } from './shape';

const SPEC_FIELDS = [
  'endpointSelector',
  'nodeSelector',
  'ingress',
  'ingressDeny',
  'egress',
  'egressDeny',
  'enableDefaultDeny',
  'labels',
  'log',
  'description',
];

/**
 * `spec` and each of `specs`, as the agent validates and reads them (cilium, pkg/policy/api/rule_validation.go,
 * pkg/k8s/apis/cilium.io/utils): each is a policy of its own, and all of them add up.
 */
export function readPolicy(top: Field, policy: PolicyRef, memory: Memory): SpecReading {
  const spec = top.child('spec');
  const specs = [...(spec.isAbsent ? [] : [spec]), ...top.child('specs').items()];
  if (specs.length === 0) top.refuse({ ...NO_SPEC, what: `A ${policy.kind} without a spec decides nothing` });
  const read = specs.map((one) => readSpec(one, policy, memory));
  return {
    rules: read.flatMap(({ rules }) => rules),
    isolations: read.flatMap(({ isolations }) => isolations),
    mayBind: read.flatMap(({ mayBind = [] }) => mayBind),
  };
}

interface List {
  readonly name: string;
  readonly direction: Direction;
  readonly action: Rule['action'];
}

const LISTS: readonly List[] = [
  { name: 'ingress', direction: 'ingress', action: 'allow' },
  { name: 'ingressDeny', direction: 'ingress', action: 'deny' },
  { name: 'egress', direction: 'egress', action: 'allow' },
  { name: 'egressDeny', direction: 'egress', action: 'deny' },
];

function readSpec(spec: Field, policy: PolicyRef, memory: Memory): SpecReading {
  spec.only(SPEC_FIELDS);
  readRemarks(spec);
  const subject = readWhom(spec, policy, memory);
  const lists = LISTS.map((list) => ({ ...list, items: spec.child(list.name).items() }));
  if (lists.every(({ items }) => items.length === 0)) spec.refuse(NO_RULES);
  const isAboutNodes = subject === undefined;
  const doubt = subject?.isUncertain === true ? ({ isUncertain: true } as const) : {};
  const rules = lists.flatMap(({ items, direction, action }) =>
    items.flatMap((field, index) => {
      const { namespace } = policy;
      const parts = memory.once(`rule ${direction} ${action} ${isAboutNodes} ${namespace}`, field, (rule) =>
        readRule(rule, { direction, action, namespace, isAboutNodes }),
      );
      return isAboutNodes
        ? []
        : parts.map((part): Rule => ({ policy, direction, index, subject: subject.pods, action, ...part, ...doubt }));
    }),
  );
  const used = new Set(lists.filter(({ items }) => items.length > 0).map(({ direction }) => direction));
  const isolations = readDefaultDeny(spec.child('enableDefaultDeny'), used, rules);
  // What is about nodes is about no pod: it is validated, and says nothing here.
  return {
    rules,
    // Requirements of the selector that are not read are left out of it, so that it has no fewer pods.
    mayBind: isAboutNodes ? [] : [subject.pods],
    isolations: isAboutNodes
      ? []
      : isolations.map((direction) => ({ policy, direction, subject: subject.pods, ...doubt })),
  };
}

/** The pods; undefined for nodes. */
function readWhom(spec: Field, { namespace }: PolicyRef, memory: Memory): Selected | undefined {
  const [pods, nodes] = [spec.child('endpointSelector'), spec.child('nodeSelector')];
  if (pods.isAbsent === nodes.isAbsent) spec.refuse(pods.isAbsent ? NOBODY : POD_AND_NODE);
  if (nodes.isAbsent) return memory.once(`subject ${namespace}`, pods, (field) => readSubject(field, namespace));
  if (namespace !== undefined) nodes.refuse(NODES_OF_A_NAMESPACE);
  readNodeSelector(nodes);
  return undefined;
}

/**
 * A direction with rules of either kind is denied by default, unless it is said; one without rules stays as it is, whatever
 * is said (pkg/policy/utils, `RulesToPolicyEntries`: default deny is a property of rules).
 */
function readDefaultDeny(field: Field, used: ReadonlySet<Direction>, rules: readonly Rule[]): Isolation['direction'][] {
  field.only(['ingress', 'egress']);
  return (['ingress', 'egress'] as const).filter((direction) => {
    const said = flag(field.child(direction));
    if (said === false && rules.some((rule) => rule.direction === direction && limitsRequests(rule))) {
      notRead(field, 'its rules about requests deny other requests, although it does not deny by default', 'true');
    }
    return used.has(direction) && said !== false;
  });
}

function limitsRequests({ requests = [] }: Rule): boolean {
  return requests.some((request) => request.protocol !== 'dns' || request.pattern !== '*');
}

/** What decides nothing. */
function readRemarks(spec: Field): void {
  spec.child('description').text();
  for (const label of spec.child('labels').items()) {
    for (const name of label.only(['key', 'source', 'value']).names()) label.child(name).text();
  }
  spec.child('log').only(['value']).child('value').text();
}

const NO_SPEC = { rule: 'field-missing', allowed: 'spec, specs', fix: 'Write what it is about, and its rules.' };

const NO_RULES = {
  rule: 'cilium-no-rules',
  what: 'No direction has a rule: an empty list passes the API server, and the agent refuses the policy, so that it isolates nobody',
  allowed: 'at least one rule in ingress, ingressDeny, egress or egressDeny',
  fix: 'To deny everything write ingress: [{}] and egress: [{}], which let nothing through.',
};

const NOBODY = {
  rule: 'one-of',
  what: 'Neither endpointSelector nor nodeSelector says whom the policy is about',
  allowed: 'exactly one of endpointSelector, nodeSelector',
  fix: 'For every pod of the namespace write endpointSelector: {}.',
};

const POD_AND_NODE = {
  rule: 'one-of',
  what: 'endpointSelector and nodeSelector stand beside each other',
  allowed: 'exactly one of endpointSelector, nodeSelector',
  fix: 'Make two policies of it.',
};

const NODES_OF_A_NAMESPACE = {
  rule: 'cilium-node-selector',
  what: 'Nodes are in no namespace, and the agent refuses a CiliumNetworkPolicy about them',
  allowed: 'nodeSelector in a CiliumClusterwideNetworkPolicy',
  fix: 'Make it a CiliumClusterwideNetworkPolicy.',
};
