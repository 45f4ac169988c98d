import { join } from 'node:path';
import type { GoPrograms } from './go-programs';

/** An API server, an engine that enforces NetworkPolicy, a lab of network namespaces, and what probes try connections with. */
export const clusterPrograms: GoPrograms = {
  name: 'cluster',
  sources: join(__dirname, '../go'),
  builds: [
    {
      module: '.',
      packages: ['./apiserver', './npenforce', './netlab', './connect'],
      // Without it the server takes itself for version 0.0.0 and serves no API that is newer.
      linkerFlags: ['-X', 'k8s.io/component-base/version.gitVersion=v1.36.3'],
    },
  ],
};
