import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KnownKind, knownKind, knownKinds } from '../../../lib/kinds/known-kinds';
import { policyReaders } from '../../../lib/kinds/readers';
import { AT_GATEWAYS, SETTINGS, unreadPolicies } from '../../../lib/kinds/unread';
import { DECIDERS } from '../../../lib/kinds/unread/deciders';
import { WRITERS } from '../../../lib/kinds/unread/writers';

const nameOf = ({ group, kind }: Pick<KnownKind, 'group' | 'kind'>) => `${group}/${kind}`;
const of = (one: KnownKind['classes'][number]) => knownKinds().filter(({ classes }) => classes.includes(one));

/** Kinds that Kubernetes and this library read without a reader of their group. */
const READ_WITHOUT_READER = [
  '/Namespace',
  '/Pod',
  '/ReplicationController',
  '/Service',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'batch/CronJob',
  'batch/Job',
  'networking.k8s.io/NetworkPolicy',
];

describe('the table of kinds', () => {
  it('has each kind of a group once', () => {
    const names = knownKinds().map(nameOf);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(names.length).toBeGreaterThan(1200);
  });

  it('has rows that are well formed', () => {
    const classes = [
      'read',
      'decides-traffic',
      'writes-policies',
      'other-network',
      'makes-pods',
      'brings-objects',
      'inert',
    ];
    const wrong = knownKinds().filter(
      (row) =>
        !/^([a-z0-9-]+(\.[a-z0-9-]+)*)?$/.test(row.group) ||
        !/^[A-Za-z][A-Za-z0-9]*$/.test(row.kind) ||
        row.classes.length === 0 ||
        !row.classes.every((one) => classes.includes(one)) ||
        new Set(row.classes).size !== row.classes.length ||
        (row.classes.includes('inert') && row.classes.length > 1) ||
        !['source', 'documentation', 'memory', 'schema'].includes(row.certainty) ||
        !['namespaced', 'cluster', undefined].includes(row.scope) ||
        [row.podTemplates, row.labels, row.note].some((text) => text === '' || text?.includes('|')),
    );
    expect(wrong).toEqual([]);
  });

  it('finds a kind by its group, since kinds of others have its name', () => {
    expect(knownKind('kyverno.io', 'ClusterPolicy')?.classes).toEqual(['writes-policies']);
    expect(knownKind('nvidia.com', 'ClusterPolicy')?.classes).toEqual(['makes-pods']);
    expect(knownKind('serving.knative.dev', 'Service')?.classes).toEqual(['makes-pods']);
    expect(knownKind('', 'Service')?.classes).toEqual(['read']);
    expect(knownKind('example.com', 'Service')).toBeUndefined();
    expect(knownKind('constructor', 'toString')).toBeUndefined();
  });

  it('knows every kind that is read, and says of no other that it is', () => {
    const read = [...READ_WITHOUT_READER, ...policyReaders().map(nameOf)].sort();
    expect(of('read').map(nameOf).sort()).toEqual(read);
  });

  it('agrees with the readers on what is in no namespace', () => {
    const wrong = policyReaders().filter(
      ({ group, kind, isClusterWide }) => (knownKind(group, kind)?.scope === 'cluster') !== isClusterWide,
    );
    expect(wrong.map(nameOf)).toEqual([]);
  });

  it('has a way to say of everything that decides on connections what it may bind', () => {
    const named = (row: KnownKind) =>
      nameOf(row) in DECIDERS || AT_GATEWAYS.has(nameOf(row)) || SETTINGS.has(nameOf(row));
    expect(
      of('decides-traffic')
        .filter((row) => !named(row))
        .map(nameOf),
    ).toEqual([]);
    expect(
      of('writes-policies')
        .filter((row) => !(nameOf(row) in WRITERS))
        .map(nameOf),
    ).toEqual([]);
    const strange = [...Object.keys(DECIDERS), ...Object.keys(WRITERS), ...AT_GATEWAYS, ...SETTINGS].filter(
      (name) => !knownKinds().some((row) => nameOf(row) === name),
    );
    expect(strange).toEqual([]);
  });

  it('says what every kind that decides or writes may bind, whatever is in the object', () => {
    for (const known of [...of('decides-traffic'), ...of('writes-policies'), ...of('brings-objects')]) {
      for (const object of [
        {},
        { metadata: { name: 'default' }, spec: null },
        { spec: { selector: 7, podSelector: [] } },
      ]) {
        const ref = { apiVersion: `${known.group}/v1`, kind: known.kind, name: 'it', namespace: 'x' };
        expect(Array.isArray(unreadPolicies(object, ref, known, { sourceOf: () => undefined }))).toBe(true);
      }
    }
  });
});

/** The survey that the table was made from; it is not part of the repository. */
const SURVEY = join(__dirname, '../../../../shared/facts/kinds.tsv');
const withSurvey = existsSync(SURVEY) ? describe : describe.skip;

withSurvey('the table of kinds beside the survey (skipped where the survey is not there)', () => {
  const lines = existsSync(SURVEY) ? readFileSync(SURVEY, 'utf8').trimEnd().split('\n').slice(1) : [];
  const survey = lines.map((line) => {
    const [group, kind, scope, , one] = line.split('\t');
    return { group: group === 'core' ? '' : group, kind, scope, one };
  });

  it('lacks no kind of it', () => {
    expect(survey.filter(({ group, kind }) => knownKind(group, kind) === undefined)).toEqual([]);
  });

  it('has the scope that it found', () => {
    const scopes: Record<string, string | undefined> = { Namespaced: 'namespaced', Cluster: 'cluster' };
    const wrong = survey.filter(
      ({ group, kind, scope }) => scope !== '' && knownKind(group, kind)?.scope !== scopes[scope],
    );
    expect(wrong).toEqual([]);
  });

  it('takes nothing for inert that it found to decide, to write or to make pods, but for what is listed', () => {
    const wrong = survey.filter(
      ({ group, kind, one }) => !one.startsWith('inert') && knownKind(group, kind)?.classes.includes('inert'),
    );
    expect(wrong.map(nameOf).sort()).toEqual(
      [
        // Named by policies, which then are not read; or addresses and identities that are not looked at.
        '/Endpoints',
        '/Node',
        '/ServiceAccount',
        'cilium.io/CiliumCIDRGroup',
        'crd.antrea.io/ClusterGroup',
        'crd.antrea.io/Group',
        'discovery.k8s.io/EndpointSlice',
        'multicluster.crd.antrea.io/LabelIdentity',
        'networking.istio.io/WorkloadEntry',
        'networking.istio.io/WorkloadGroup',
        'policy.linkerd.io/MeshTLSAuthentication',
        'policy.linkerd.io/NetworkAuthentication',
        // Says nothing without a Sidecar, or has its switch in another object.
        'management.cattle.io/Project',
        'networking.istio.io/ServiceEntry',
      ].sort(),
    );
  });
});
