import { join } from 'node:path';
import type * as Analysis from '../lib/analysis';
import { hundredThousand } from './worlds/hundred-thousand';

// A process of the command line's bench: 100,000 pods and 75,000 policies from parsed objects to counts. What making the
// objects takes is measured by another process, which stops there.

const objects = hundredThousand();

if (!process.argv.includes('--made-only')) {
  const { readManifests, planeOf, connectivity } = require(
    join(__dirname, '..', 'build', 'lib', 'analysis'),
  ) as typeof Analysis;
  const reading = readManifests(objects);
  connectivity(reading.world, planeOf(reading).plane).counts();
}
