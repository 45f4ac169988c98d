import { engineNamed } from '../../engines/engines';
import type { Warning } from './warning';

/** What a policy means changes with versions of its engine. */
export const engineVersionUntested: Warning = {
  id: 'engine-version-untested',
  level: 'warning',
  why: 'What policies mean there may differ from what is proved',
  fix: 'Use a version of this library that knows the engine, or try the policies out on the cluster.',
  find: ({ root, facts: { engine, version, testedVersions } }) => {
    if (testedVersions === undefined) return [];
    const name = `${engineNamed(engine).title} ${version}`;
    return [
      {
        construct: root,
        about: name,
        what: `${name} was not looked at, only ${testedVersions} were`,
        value: version,
        fix: 'Try the policies out on the cluster before you rely on them, or upgrade whichever is older, the engine or this library.',
        acknowledged: [],
      },
    ];
  },
};
