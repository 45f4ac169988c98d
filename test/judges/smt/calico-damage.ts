import type { Edit } from '../../damage/edit';
import type { Files } from '../../damage/manifests';
import type { Operator } from '../../damage/operators';
import type { Random } from '../random';
import { CALICO_NAME, type CalicoPolicy, IS_POD, isCalico } from './calico';

type Policy = { -readonly [K in keyof CalicoPolicy['spec']]: CalicoPolicy['spec'][K] };

/** Kinds of damage to what Calico's policies say. */
export const calicoOperators: readonly Operator[] = [
  { name: 'add a policy or a tier of Calico', edits: addPolicies },
  { name: 'drop or double a rule of Calico', edits: changeRules },
  { name: 'change an action of Calico', edits: changeActions },
  { name: 'change a place among the policies of Calico', edits: changePlaces },
  { name: 'change types of Calico', edits: changeTypes },
  { name: 'change a selector of Calico', edits: changeSelectors },
  { name: 'change nets of Calico', edits: changeNets },
  { name: 'change ports of Calico', edits: changePorts },
];

const WORDS = [
  "app == 'a'",
  "app in {'a', 'b'}",
  "app != 'c'",
  "track not in {'canary'}",
  'has(debug)',
  '!has(app)',
  "!(app == 'a' && has(track))",
  'all()',
];

function addPolicies(files: Files, random: Random): Edit[] {
  const names = Object.values(files)
    .flat()
    .flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : (metadata.namespace ?? [])));
  const place = Object.values(files)[0] ?? [];
  const add = (object: object) => void place.push(object as never);
  const tier = random.oneOf(['default', 'default', 'kube-admin', 'somebodys']);
  const order = random.oneOf([1, 999, 1000, 1001, undefined]);
  const isGlobal = tier !== 'default' || random.happens(0.5);
  const rules = (own: 'source' | 'destination') =>
    random.times(random.between(1, 2), () => randomRule(own === 'source' ? 'destination' : 'source', names, random));
  return [
    () => {
      if (tier === 'somebodys') {
        const spec = {
          order: random.oneOf([10, 2_000_000]),
          ...(random.happens(0.5) ? { defaultAction: 'Pass' } : {}),
        };
        add({ apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: tier }, spec });
      }
      add({
        apiVersion: 'projectcalico.org/v3',
        kind: isGlobal ? 'GlobalNetworkPolicy' : 'NetworkPolicy',
        metadata: { name: 'somebody', ...(isGlobal ? {} : { namespace: random.oneOf(names) }) },
        spec: {
          tier,
          ...(order === undefined ? {} : { order }),
          selector: isGlobal ? `${ofPods} && ${random.oneOf(WORDS)}` : random.oneOf(WORDS),
          ...(isGlobal && random.happens(0.7)
            ? { namespaceSelector: `${CALICO_NAME} == '${random.oneOf(names)}'` }
            : {}),
          types: random.oneOf([['Ingress'], ['Egress'], ['Ingress', 'Egress']]),
          ingress: rules('destination'),
          egress: rules('source'),
        },
      });
    },
  ];
}

const ofPods = `${IS_POD.key} == '${IS_POD.value}'`;

function randomRule(other: 'source' | 'destination', names: readonly string[], random: Random): object {
  const end = random.weighted<object>([
    [1, {}],
    [2, { nets: [random.oneOf(NETS)] }],
    [1, { nets: ['10.0.0.0/8'], notNets: ['10.0.0.0/9'] }],
    [
      3,
      {
        selector: `${ofPods} && ${random.oneOf(WORDS)}`,
        namespaceSelector: `${CALICO_NAME} == '${random.oneOf(names)}'`,
      },
    ],
    [1, { selector: ofPods, namespaceSelector: 'all()' }],
  ]);
  const ports = random.happens(0.6) ? { protocol: random.oneOf(['TCP', 'TCP', 'UDP', 'SCTP']) } : undefined;
  const destination = ports === undefined || random.happens(0.3) ? {} : { ports: [random.oneOf(PORTS)] };
  return {
    action: random.oneOf(['Allow', 'Allow', 'Deny', 'Pass']),
    ...ports,
    ...(other === 'source' ? { source: end, destination } : { destination: { ...end, ...destination } }),
  };
}

const NETS = ['192.0.2.0/25', '10.0.0.0/8', '10.244.128.0/17', '203.0.113.7/32', '169.254.169.254/32', '2001:db8::/33'];
const PORTS = [53, 80, 443, 8080, '8000:8100', '1:65535', 'http', 'metrics'];

function changeRules(files: Files): Edit[] {
  return rulesOf(files).flatMap(({ all, at }) => [
    () => void all.splice(at, 1),
    () => void all.splice(at, 0, structuredClone(all[at] as never)),
  ]);
}

function changeActions(files: Files, random: Random): Edit[] {
  return rulesOf(files).map(({ rule }) => () => {
    rule.action = random.oneOf(['Allow', 'Deny', 'Pass', 'Log'].filter((action) => action !== rule.action));
  });
}

function changePlaces(files: Files, random: Random): Edit[] {
  return specsOf(files).flatMap((spec) => [
    () => {
      const orders = [1, 999, 1001, 2000].filter((order) => order !== spec.order);
      spec.order = random.oneOf(orders);
    },
    () => {
      spec.tier = spec.tier === 'default' ? random.oneOf(['kube-admin', 'kube-baseline']) : 'default';
    },
  ]);
}

function changeTypes(files: Files, random: Random): Edit[] {
  return specsOf(files).map((spec) => () => {
    const types = [['Ingress'], ['Egress'], ['Ingress', 'Egress']];
    spec.types = random.oneOf(types.filter((each) => JSON.stringify(each) !== JSON.stringify(spec.types)));
  });
}

/** Of whom a policy or a rule is about: a condition less, one more, another one, another namespace or all of them. */
function changeSelectors(files: Files, random: Random): Edit[] {
  const ends: { selector?: string; namespaceSelector?: string }[] = rulesOf(files).flatMap(({ ends: both }) => both);
  const change = (text: string) => {
    const parts = text.split(' && ');
    const last = parts.at(-1) as string;
    const kept = parts.slice(0, -1);
    const other = random.oneOf(WORDS.filter((word) => word !== last));
    return random.oneOf([
      kept.length > 0 && last !== ofPods ? kept.join(' && ') : [...kept, last, other].join(' && '),
      [...(last === ofPods ? parts : kept), other].join(' && '),
    ]);
  };
  return [...specsOf(files), ...ends].flatMap((end) => [
    ...(end.selector === undefined
      ? []
      : [
          () => {
            end.selector = change(end.selector as string);
          },
        ]),
    ...(end.namespaceSelector === undefined
      ? []
      : [
          () => {
            const names = ['alpha', 'beta', 'gamma', 'kube-system'].map((name) => `${CALICO_NAME} == '${name}'`);
            const others = [...names, 'all()', "team == 'red'"].filter((each) => each !== end.namespaceSelector);
            end.namespaceSelector = random.oneOf(others);
          },
        ]),
  ]);
}

function changeNets(files: Files, random: Random): Edit[] {
  const ends = rulesOf(files).flatMap(({ ends: both }) => both.filter(({ nets }) => nets !== undefined));
  const narrowed = (net: string) => {
    const [address, length] = net.split('/') as [string, string];
    const longest = net.includes(':') ? 128 : 32;
    return `${address}/${Math.min(longest, Number(length) + random.oneOf([1, 8, longest]))}`;
  };
  return ends.flatMap((end) => {
    const { nets = [], notNets = [] } = end;
    const isNarrowable = notNets.length === 0 && nets.some((net) => !/\/(32|128)$/.test(net));
    const narrow = () => {
      end.nets = nets.map(narrowed);
    };
    const forget = () => {
      delete end.nets;
      delete end.notNets;
    };
    return [forget, ...(isNarrowable ? [narrow] : []), ...notNets.map((_, i) => () => void notNets.splice(i, 1))];
  });
}

function changePorts(files: Files, random: Random): Edit[] {
  return rulesOf(files).flatMap(({ rule }) => {
    const { destination } = rule;
    if (rule.protocol === undefined)
      return [() => void Object.assign(rule, { protocol: random.oneOf(['TCP', 'UDP', 'SCTP']) })];
    const others = ['TCP', 'UDP', 'SCTP'].filter((each) => each !== rule.protocol);
    return [
      () => void Object.assign(rule, { protocol: random.oneOf(others) }),
      ...(destination?.ports === undefined
        ? []
        : [
            () => void delete destination.ports,
            () => void destination.ports?.push(random.oneOf(PORTS)),
            () =>
              void destination.ports?.splice(
                0,
                1,
                random.oneOf(PORTS.filter((each) => each !== destination.ports?.[0])),
              ),
          ]),
    ];
  });
}

function specsOf(files: Files): Policy[] {
  return Object.values(files)
    .flat()
    .filter(isCalico as (each: unknown) => boolean)
    .map(({ spec }) => spec as Policy);
}

interface ChangeableRule {
  action: string;
  protocol?: string;
  source?: ChangeableEnd;
  destination?: { ports?: (number | string)[] };
}

function rulesOf(files: Files) {
  return specsOf(files).flatMap(({ ingress = [], egress = [] }) =>
    [ingress, egress].flatMap((list) => {
      const all = list as unknown as ChangeableRule[];
      return all.map((rule, at) => ({
        rule,
        all,
        at,
        ends: [rule.source, rule.destination].flatMap((end) => (end === undefined ? [] : [end as ChangeableEnd])),
      }));
    }),
  );
}

interface ChangeableEnd {
  selector?: string;
  namespaceSelector?: string;
  nets?: string[];
  notNets?: string[];
}
