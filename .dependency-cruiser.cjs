/**
 * The layering of the library. A room imports only from rooms before it; apps see what a user sees; and the two halves
 * that check each other, the renderers and the readers, share nothing but the model.
 */

/** From the bottom up. Rooms of one row are side by side. */
const rooms = [
  ['model'],
  ['findings', 'pod-security'],
  ['graph'],
  ['cluster'],
  ['kinds'],
  ['engines'],
  ['analysis'],
  ['proof'],
  ['asking'],
  ['compare'],
  ['known-systems'],
  ['checks'],
  ['flow-logs'],
  ['live'],
  ['report'],
  ['picture'],
  ['values'],
  ['argo'],
  ['deployment'],
  ['tiers'],
  ['catalog', 'probes', 'questions'],
  ['init'],
  ['adopt'],
  ['settings'],
  ['testing', 'validation', 'cli'],
];

/**
 * The folders of a room, from the bottom up; those of one row are side by side. What they share stands below them, and
 * `base` names the files of the room's own folder that do.
 */
const folders = {
  proof: { rows: [['terms'], ['space'], ['questions', 'paths']], base: ['witness', 'assumptions'] },
  deployment: {
    rows: [['workloads'], ['flows'], ['emission'], ['rules', 'proving', 'writing'], ['warnings']],
    base: ['records', 'declarations', 'reported'],
  },
};

/** What the readers are: objects to rules, and rules to layers. */
const readers = '^lib/(kinds|engines/[^/]+/(compose|read))';
/** What the renderers are: everything of an engine that is not a reader, but for the entry that names both. */
const renderers = '^lib/engines/[^/]+/(?!compose|read|engine[.]ts)';
/** The files of the middle that know a construct: they hand the graph from the constructs to those who ask for it. */
const graphOfConstructs = '^lib/graph/(policy-graph|declared|given-construct|index)[.]ts$';

const cdk8sAndConstructs = '(^|/)node_modules/(cdk8s|cdk8s-plus-[0-9]+|constructs)/';
const packages = '^node_modules/';

/** The public surface: what the entries of package.json export. */
const publicSurface = '^lib/(index|analysis/entry|compare/entry|testing/index)[.]ts$';

const oneDirection = rooms.flatMap((row, level) =>
  row.map((room) => ({
    name: `one-direction-${room}`,
    comment: `lib/${room} imports only from rooms before it: ${rooms.slice(0, level).flat().join(', ') || 'none'}.`,
    severity: 'error',
    from: { path: `^lib/${room}/` },
    to: { path: '^lib/', pathNot: `^lib/(${[...rooms.slice(0, level).flat(), room].join('|')})/` },
  })),
);

const foldersOneDirection = Object.entries(folders).flatMap(([room, { rows, base }]) =>
  rows.flatMap((row, level) =>
    row.map((folder) => ({
      name: `folders-of-${room}-${folder}`,
      comment: `lib/${room}/${folder} imports of its own room only ${[...rows.slice(0, level).flat(), ...base].join(', ')}.`,
      severity: 'error',
      from: { path: `^lib/${room}/${folder}/` },
      to: {
        path: `^lib/${room}/`,
        pathNot: `^lib/${room}/((${[...rows.slice(0, level).flat(), folder].join('|')})/|(${base.join('|')})[.]ts$)`,
      },
    })),
  ),
);

module.exports = {
  forbidden: [
    ...oneDirection,
    ...foldersOneDirection,
    {
      name: 'rooms-are-listed',
      comment: 'A folder of lib that is not in the list of rooms has no place in the order: give it one.',
      severity: 'error',
      from: {},
      to: { path: '^lib/[^/]+/', pathNot: `^lib/(${rooms.flat().join('|')})/` },
    },
    {
      name: 'readers-share-only-the-model',
      comment:
        'What reads manifests judges what renders them, so it stands on the model alone (and on facts of a cluster).',
      severity: 'error',
      from: { path: readers },
      to: { path: '^lib/', pathNot: `^lib/(model|cluster)/|${readers}`, reachable: true },
    },
    {
      name: 'kinds-stand-on-the-model',
      comment: 'Objects to rules: the meaning of a kind does not depend on a cluster.',
      severity: 'error',
      from: { path: '^lib/kinds/' },
      to: { path: '^lib/', pathNot: '^lib/(model|kinds)/', reachable: true },
    },
    {
      name: 'renderers-do-not-reach-readers',
      comment: 'A renderer that uses a reader would be judged by its own mistake, whatever file lies between them.',
      severity: 'error',
      from: { path: renderers },
      to: { path: readers, reachable: true },
    },
    {
      name: 'the-middle-knows-no-constructs',
      comment:
        'Values, graph, rendering, reading and proof are functions on plain values: cdk8s is the shell around them.',
      severity: 'error',
      from: {
        path: '^lib/(model|graph|cluster|kinds|engines|analysis|proof|asking|compare|known-systems|findings|pod-security|checks|report|picture)/',
        pathNot: graphOfConstructs,
      },
      to: { path: cdk8sAndConstructs },
    },
    {
      name: 'generated-types-only-for-argo',
      comment: 'Generated classes stay out of the library, but for the kinds of Argo CD.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/argo/' },
      to: { path: '^imports/' },
    },
    {
      name: 'naive-evaluator-stands-alone',
      comment:
        'The obvious evaluator judges the library, and so does the oracle of random declarations: they have nothing of it.',
      severity: 'error',
      from: { path: '^test/(naive/|random/(?!declare[.]ts|.*[.]test[.]ts))' },
      to: { path: '^lib/', reachable: true },
    },
    {
      name: 'second-prover-stands-alone',
      comment:
        'What puts the question of a proof to another solver reads manifests and graphs by itself: one file has apps rendered and proved, and hands plain data over.',
      severity: 'error',
      from: {
        path: '^test/judges/smt/',
        pathNot: '^test/judges/smt/(both-sides|declarations|cases|tally|run|.*[.]test)[.]ts$',
      },
      to: { path: '^lib/', reachable: true },
    },
    {
      name: 'apps-see-the-public-surface',
      comment: 'An app is written as a user would write it.',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^lib/', pathNot: publicSurface },
    },
    {
      name: 'library-does-not-know-its-users',
      comment: 'Nothing in lib or imports needs apps, tests or measurements.',
      severity: 'error',
      from: { path: '^(lib|imports)/' },
      to: { path: '^(apps|test|bench)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one concept, or a third one wants out. Types count too.',
      severity: 'error',
      from: { pathNot: packages },
      to: { circular: true },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that is imported is named in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'library-ships-what-it-imports',
      comment:
        'What a user does not get with the package, the library cannot import; jest is there where its matchers are used.',
      severity: 'error',
      from: { path: '^(lib|imports)/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm', 'npm-peer', 'npm-bundled', 'npm-optional', 'type-only'],
      },
    },
    {
      name: 'no-unresolved-imports',
      comment: 'Every import leads to a file, a package or a module of Node.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What a user writes is resolved where the package is installed, not here.
    exclude: { path: '^(build|test/package/user)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.dev.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
