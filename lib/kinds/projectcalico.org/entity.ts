import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { PolicyRef, RulePeer } from '../../model/layer';
import { isEmptyPodSet } from '../../model/pod-set';
import type { Beside } from '../beside';
import type { Field } from '../field';
import { addressesSelected } from './labelled-addresses';
import { type IpVersion, ofVersion, readAddresses } from './nets';
import {
  all,
  inNamespace,
  readAccounts,
  readEndpoints,
  readNamespaceSelector,
  readSelector,
  rememberingTexts,
} from './read-selector';
import type { Expression } from './selector-expression';
import { bothSelected, type Endpoints, type Selected } from './selectors';

const ENTITY_FIELDS = [
  'nets',
  'notNets',
  'selector',
  'notSelector',
  'namespaceSelector',
  'services',
  'ports',
  'notPorts',
  'serviceAccounts',
];

/** One end of a rule, as far as it is not about ports. What is absent says nothing. */
export interface Entity {
  readonly endpoints?: Endpoints;
  /** Present where it is about whatever is no endpoint of these, and need be no endpoint at all. */
  readonly allBut?: Expression;
  readonly addresses?: IpSet;
  /** The endpoints of a Service. */
  readonly isService: boolean;
}

/** What reading an end needs to know beside it. */
export interface EntityContext {
  readonly policy: PolicyRef;
  readonly version: IpVersion;
  readonly beside: Beside;
}

/** Some of the peers of a rule. */
export interface PeersPart {
  readonly peers: readonly RulePeer[];
  /** The rule may be about fewer of them. */
  readonly isUncertain?: true;
  /** Addresses that are reached by the labels of a set, which gives no names to ports. */
  readonly isOfSets?: true;
}

/**
 * `source` or `destination`. Whatever selects endpoints is one selector: without a namespaceSelector it means the namespace
 * of the policy, and in a policy of the cluster whatever has such labels (`getEndpointSelector`, libcalico-go/lib/backend/
 * syncersv1/updateprocessors). notSelector takes away from it; alone, it leaves what is no endpoint, too
 * (`combineMatchesIfPossible`, felix/calc/rule_scanner.go).
 */
export function readEntity(field: Field, context: EntityContext): Entity {
  field.only(ENTITY_FIELDS);
  const addresses = readAddresses(field, context.version);
  const isService = readService(field, context.policy);
  return { ...readLabelled(field, context), ...(addresses !== undefined && { addresses }), isService };
}

type Labelled = Pick<Entity, 'endpoints' | 'allBut'>;

const BY_LABEL = ['selector', 'namespaceSelector', 'serviceAccounts', 'notSelector'] as const;

/** What selects by labels; the same is worked out once, since policies repeat it. */
function readLabelled(field: Field, { policy: { namespace } }: EntityContext): Labelled {
  const [selector, namespaces, accounts, not] = BY_LABEL.map((name) => field.child(name));
  if ([selector, namespaces, accounts, not].every(({ isAbsent }) => isAbsent)) return {};
  const key = JSON.stringify([namespace, selector.value, namespaces.value, accounts.value, not.value]);
  return readOnce(key, field, () => {
    const expressions = {
      selector: readSelector(selector),
      namespaces: readNamespaceSelector(namespaces, 'taken'),
      accounts: readAccounts(accounts),
      not: readSelector(not),
    };
    return labelled(field, expressions, namespace);
  });
}

const readOnce = rememberingTexts<Labelled>();

interface Expressions {
  readonly selector?: Expression;
  readonly namespaces?: Expression;
  readonly accounts?: Expression;
  readonly not?: Expression;
}

function labelled(field: Field, of: Expressions, namespace: string | undefined): Labelled {
  const { selector, namespaces, accounts, not } = of;
  const isByLabel = [selector, namespaces, accounts, not].some((it) => it !== undefined);
  const own = isByLabel && namespaces === undefined && namespace !== undefined ? inNamespace(namespace) : undefined;
  const wanted = all(namespaces, own, accounts, selector);
  const left = all(wanted, opposite(not));
  return {
    ...(left !== undefined && { endpoints: readEndpoints(field, left) }),
    ...(wanted === undefined && not !== undefined && { allBut: not }),
  };
}

function opposite(expression: Expression | undefined): Expression | undefined {
  return expression && { kind: 'not', of: expression };
}

/** The entity as the other end of connections: the union of these. */
export function peersOf({ endpoints, allBut, addresses, isService }: Entity, context: EntityContext): PeersPart[] {
  const { version, beside } = context;
  if (isService) return [{ peers: [ANYTHING], isUncertain: true }];
  const among = addresses ?? (version === undefined ? undefined : ofVersion(version));
  const anyone = among === undefined ? ANYTHING : ofAddresses(among);
  if (endpoints === undefined) return [{ peers: [anyone] }];
  if (allBut === undefined) return ofEndpoints(endpoints, among, beside);
  const certain = isByLabelAlone(allBut, beside) ? certainPods(endpoints, among) : [];
  return [{ peers: certain }, { peers: [anyone], isUncertain: true }];
}

/**
 * A selector holds for pods, for network sets, and for host endpoints, which may be made by Calico itself and have labels
 * that no manifest tells. With addresses beside it, it is about those that have such an address.
 */
function ofEndpoints(endpoints: Endpoints, addresses: IpSet | undefined, beside: Beside): PeersPart[] {
  const sets = addressesSelected(endpoints.expression, beside);
  const within = (set: IpSet) => (addresses === undefined ? set : ips.intersection(set, addresses));
  const doubtful = endpoints.pods.filter((it) => !isCertain(it, addresses)).map(ofPods);
  return [
    { peers: certainPods(endpoints, addresses) },
    { peers: [...doubtful, ...(endpoints.mayBeHosts ? HOSTS : [])], isUncertain: true },
    { peers: unlessEmpty(within(sets.certain)), isOfSets: true },
    { peers: unlessEmpty(within(ips.difference(sets.possible, sets.certain))), isOfSets: true, isUncertain: true },
  ];
}

function certainPods({ pods }: Endpoints, addresses: IpSet | undefined): RulePeer[] {
  return pods.filter((it) => isCertain(it, addresses)).map(ofPods);
}

function isCertain({ isUncertain }: Selected, addresses: IpSet | undefined): boolean {
  return !isUncertain && addresses === undefined;
}

/** Whether no network set has such labels, whose addresses may be those of pods. */
function isByLabelAlone(expression: Expression, beside: Beside): boolean {
  return ips.isEmpty(addressesSelected(expression, beside).possible);
}

/**
 * The entity as the end that the policy is about: what it leaves of these pods. It means addresses, so that it may be about a
 * pod without such labels whose address is one of a network set that has them.
 */
export function narrowed(
  subjects: readonly Selected[],
  entity: Entity,
  { beside }: EntityContext,
): readonly Selected[] {
  const { endpoints, allBut, addresses, isService } = entity;
  const isOpen = isService || addresses !== undefined;
  if (endpoints === undefined) return isOpen ? subjects.map(doubtful) : subjects;
  const isByLabel = isByLabelAlone(allBut ?? endpoints.expression, beside);
  const left = subjects
    .flatMap((one) => endpoints.pods.map((other) => bothSelected(one, other)))
    .filter(({ pods }) => !isEmptyPodSet(pods));
  if (allBut !== undefined) return isOpen || !isByLabel ? left.map(doubtful) : left;
  return [...(isOpen ? left.map(doubtful) : left), ...(isByLabel ? [] : subjects.map(doubtful))];
}

function doubtful(selected: Selected): Selected {
  return { ...selected, isUncertain: true };
}

function ofPods({ pods }: Selected): RulePeer {
  return { kind: 'pods', pods };
}

function ofAddresses(addresses: IpSet): RulePeer {
  return { kind: 'addresses', addresses };
}

function unlessEmpty(addresses: IpSet): RulePeer[] {
  return ips.isEmpty(addresses) ? [] : [ofAddresses(addresses)];
}

const ANYTHING: RulePeer = { kind: 'anything' };
const HOSTS: readonly RulePeer[] = [
  { kind: 'entity', entity: 'nodes' },
  { kind: 'entity', entity: 'api-server' },
];

/** Services are the other end of a rule, with a name and nothing else to go by. */
function readService(field: Field, { namespace }: PolicyRef): boolean {
  const services = field.child('services');
  if (services.isAbsent) return false;
  services.only(['name', 'namespace']);
  const isNamed = (services.child('name').text() ?? '') !== '';
  const isPlaced = (services.child('namespace').text() ?? '') !== '' || namespace !== undefined;
  const others = ENTITY_FIELDS.filter((name) => name !== 'services' && !isEmpty(field.child(name)));
  if (!isNamed || !isPlaced || others.length > 0) services.refuse(SERVICES);
  return true;
}

function isEmpty({ isAbsent, value }: Field): boolean {
  return isAbsent || value === '' || (Array.isArray(value) && value.length === 0);
}

const SERVICES = {
  rule: 'calico-services',
  what: 'services has no name, no namespace in a policy of the cluster, or stands beside others, and Calico refuses it',
  allowed: 'services with a name, alone',
  fix: 'Make two rules of it.',
};
