import { blockBits } from './addresses';
import { and, between, bits, equal, FALSE, type Formula, implies, not, or, startsLike, TRUE } from './formula';
import { type Block, type Direction, type LabelSelector, NAME_LABEL, type Port } from './manifests';
import { knownLabel, type LabelTerm, type LabelTerms, present, type Unknowns } from './unknowns';
import { knownNamespaces, type World } from './world';

/** A pod by its labels and those of its namespace. */
export interface PodTerms {
  readonly label: LabelTerms;
  readonly namespace: LabelTerms;
}

/** One connection that could be, as unknowns, seen from the subject: a pod that policies are about. */
export interface Situation {
  readonly direction: Direction;
  readonly subject: PodTerms;
  readonly peer: PodTerms;
  /** Otherwise the peer is an address outside the cluster. */
  readonly peerIsPod: Formula;
  /** The peer has an address there. */
  readonly peerIsAt: (cidr: string) => Formula;
  /** The next block that stands in policies matches the peer by its address, whatever it is. */
  readonly isSeenByAddress: () => Formula;
  readonly isOn: (port: Port) => Formula;
  /** The container that is reached calls the port so, whatever the protocol. */
  readonly isNamed: (name: string) => Formula;
}

export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const OTHER = PROTOCOLS.length;

/**
 * Everything that could be: pods with any labels in any namespace, at any address that pods have; any address outside; any
 * protocol and port, with any names. Of a namespace that the app renders every label is known, of any other its name alone.
 *
 * @param namespace of the subject; without it any.
 */
export function situation(unknowns: Unknowns, world: World, direction: Direction, namespace?: string): Situation {
  const { facts } = world;
  const known = knownNamespaces(world);
  const peerIsPod = unknowns.truth('peer is a pod');
  const isIpv6 = unknowns.truth('peer IPv6?');
  const v4 = unknowns.number('peer IPv4', 32);
  const v6 = unknowns.number('peer IPv6', 128);
  const protocol = unknowns.number('protocol', 2);
  const port = unknowns.number('port', 16);

  const anyNamespace = (of: string): LabelTerms => {
    unknowns.label(of, NAME_LABEL);
    unknowns.always(() => present(unknowns.label(of, NAME_LABEL)));
    unknowns.always(() =>
      and(
        ...[...known].map(([name, labels]) =>
          implies(
            unknowns.label(of, NAME_LABEL).is(name),
            and(...unknowns.keysOf(of).map((key) => isValue(unknowns.label(of, key), labels[key]))),
          ),
        ),
      ),
    );
    return (key) => unknowns.label(of, key);
  };
  const namespaceOfSubject = (): LabelTerms => {
    const labels = namespace === undefined ? undefined : known.get(namespace);
    if (labels !== undefined) return (key) => knownLabel(labels[key]);
    const terms = anyNamespace('subject namespace');
    if (namespace !== undefined) unknowns.always(() => terms(NAME_LABEL).is(namespace));
    // What has the name of the other is the other.
    unknowns.always(() =>
      implies(
        unknowns.sameValue('subject namespace', 'peer namespace', NAME_LABEL),
        unknowns.sameLabels('subject namespace', 'peer namespace'),
      ),
    );
    return terms;
  };
  const peerIsAt = (cidr: string): Formula => {
    const { value, length, width } = blockBits(cidr);
    return width === 32
      ? and(not(isIpv6), startsLike(v4, value, length, 32))
      : and(isIpv6, startsLike(v6, value, length, 128));
  };
  let blocks = 0;
  const blocksMeanPods = (): Formula => {
    switch (facts.mode) {
      case 'may':
        return unknowns.truth('blocks mean pods');
      case 'each may':
        return unknowns.truth(`block ${++blocks} means pods`);
      default:
        return facts.mode === 'pods' ? TRUE : FALSE;
    }
  };
  const destinationIsPod = direction === 'ingress' ? 'true' : peerIsPod;
  const isNamed = (name: string) =>
    and(destinationIsPod, not(equal(protocol, bits(OTHER, 2))), unknowns.truth(`name ${name}`));

  unknowns.always(() =>
    implies(
      peerIsPod,
      and(or(...facts.podBlocks.map(peerIsAt)), ...facts.withoutPods.map((each) => not(peerIsAt(each)))),
    ),
  );
  unknowns.always(() => equal(equal(protocol, bits(OTHER, 2)), equal(port, bits(0, 16))));
  return {
    direction,
    subject: { label: (key) => unknowns.label('subject', key), namespace: namespaceOfSubject() },
    peer: { label: (key) => unknowns.label('peer', key), namespace: anyNamespace('peer namespace') },
    peerIsPod,
    peerIsAt,
    isSeenByAddress: () => or(not(peerIsPod), blocksMeanPods()),
    isNamed,
    isOn: (entry) => and(equal(protocol, bits(protocolOf(entry), 2)), isNumber(entry)),
  };

  function isNumber({ port: of, endPort }: Port): Formula {
    if (of === undefined || of === null) return 'true';
    return typeof of === 'string' ? isNamed(of) : between(port, of, endPort ?? of, 16);
  }
}

/** A port without protocol is TCP. */
function protocolOf({ protocol }: Port): number {
  const found = PROTOCOLS.indexOf(protocol ?? 'TCP');
  if (found === -1) throw new Error(`no protocol: ${protocol}`);
  return found;
}

function isValue(label: LabelTerm, value: string | undefined): Formula {
  return value === undefined ? label.isAbsent : label.is(value);
}

/** Every condition holds. NotIn holds for a label that is absent (apimachinery `pkg/labels/selector.go`). */
export function selects({ matchLabels, matchExpressions }: LabelSelector, label: LabelTerms): Formula {
  return and(
    ...Object.entries(matchLabels ?? {}).map(([key, value]) => label(key).is(value)),
    ...(matchExpressions ?? []).map(({ key, operator, values }) => {
      const { is, isAbsent } = label(key);
      const isOneOf = or(...(values ?? []).map(is));
      switch (operator) {
        case 'In':
          return isOneOf;
        case 'NotIn':
          return not(isOneOf);
        case 'Exists':
          return not(isAbsent);
        case 'DoesNotExist':
          return isAbsent;
        default:
          throw new Error(`no operator: ${operator}`);
      }
    }),
  );
}

/** The peer is in the block and in none of what is excepted from it, whatever it is. */
export function isInBlock({ cidr, except }: Block, { peerIsAt }: Situation): Formula {
  return and(peerIsAt(cidr), ...(except ?? []).map((each) => not(peerIsAt(each))));
}
