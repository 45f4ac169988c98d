import { join } from 'node:path';
import type { GoPrograms } from '../cluster/support/go-programs';

/** The policy engines' own code, one module each, since what they depend on does not fit together. */
export const judgePrograms: GoPrograms = {
  name: 'judges',
  sources: join(__dirname, 'go'),
  builds: [
    { module: 'k8s', packages: ['.'], output: 'kubernetes' },
    { module: 'cilium', packages: ['.'], output: 'cilium' },
  ],
};
