import { engineNamed } from '../../engines/engines';
import { clusterCall } from '../../values/cluster-call';
import type { Warning } from './warning';

/** What a policy means changes with versions of its engine. */
export const engineVersionUntested: Warning = {
  id: 'engine-version-untested',
  level: 'warning',
  why: 'What policies mean there may differ from what is proved',
  fix: 'Use a version of this library that knows the engine, or try the policies out on the cluster.',
  find: ({ root, facts }) => {
    const { engine, version, testedVersions, acknowledged = [] } = facts;
    if (testedVersions === undefined) return [];
    const name = `${engineNamed(engine).title} ${version}`;
    return [
      {
        construct: root,
        about: name,
        what: `${name} was not looked at, only ${testedVersions} were`,
        value: version,
        fix: `Upgrade whichever is older, the engine or this library; or try the policies out on the cluster, and say so: ${clusterCall(facts, ACKNOWLEDGE)}`,
        acknowledged: [acknowledged],
      },
    ];
  },
};

const ACKNOWLEDGE = "acknowledge: [{ rule: 'engine-version-untested', because: '…' }]";
