import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { leftIn } from './left';

/** Removes the folder of this run. @throws where a test left something in it, with its name. */
export default function globalTeardown(): void {
  const folder = tmpdir();
  const left = leftIn(folder);
  rmSync(folder, { recursive: true, force: true });
  if (left.length === 0) return;
  throw new Error(
    `Tests left in the folder for what is temporary: ${left.join(', ')}. Whoever makes such a folder deletes it, in afterAll or in finally: grep -rn mkdtemp test`,
  );
}
