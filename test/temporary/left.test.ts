import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { leftIn } from './left';

describe('what tests leave in the folder for what is temporary', () => {
  it('is named, but for what cdk8s makes and never deletes, and for caches', () => {
    const folder = mkdtempSync(join(tmpdir(), 'left-'));
    try {
      for (const name of [
        'cdk8s-helm-a1B2c3',
        'cdk8s-a1B2c3',
        'cdk8s.outdir.a1B2c3',
        'findings-a1B2c3',
        'v8-compile-cache-0',
        'cdk8s-mine',
      ]) {
        mkdirSync(join(folder, name));
      }
      expect(leftIn(folder)).toEqual(['cdk8s-mine', 'findings-a1B2c3']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is in a folder of this run alone', () => {
    expect(basename(tmpdir())).toMatch(/^zero-trust-tests-/);
  });
});
