/**
 * What is mutated, which suites have to notice it, and the least score, in percent. A room answers to its own suites and
 * to the judges that stand beside it, not to whatever happens to use it further up. The suites that are named first are
 * asked first.
 */
const rooms = {
  model: { mutate: ['lib/model'], suites: ['model'], bar: 90 },
  kubernetes: {
    mutate: [
      'lib/kinds/field.ts',
      'lib/kinds/manifest.ts',
      'lib/kinds/metadata.ts',
      'lib/kinds/core',
      'lib/kinds/networking.k8s.io',
      'lib/engines/openings.ts',
      'lib/engines/kubernetes',
    ],
    suites: [
      'kinds/core.test.ts',
      'kinds/field.test.ts',
      'kinds/network-policy.test.ts',
      'engines/openings.test.ts',
      'engines/kubernetes',
      'upstream',
      'analysis/read-manifests.test.ts',
    ],
    bar: 85,
  },
  analysis: {
    mutate: ['lib/analysis'],
    suites: ['upstream', 'analysis', 'kinds/lasting.test.ts', 'kinds/written'],
    bar: 85,
  },
  proof: {
    mutate: ['lib/proof'],
    suites: ['proof/damage-to-manifests.test.ts', 'proof/prove.test.ts', 'proof'],
    bar: 90,
  },
};

/** Suites that are as sharp with fewer random cases. Others know by themselves how many they need (test/how-many.ts). */
const withFewerCases = ['model/'];

/** Suites that try many cases without drawing them, so that they are slow as well. */
const slow = ['proof/uncertain-rules.test.ts', 'proof/terms/pod-set-difference.test.ts'];

module.exports = { rooms, slow, withFewerCases };
