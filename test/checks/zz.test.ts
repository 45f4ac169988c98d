import { readdirSync } from 'node:fs';
import { realCluster } from '../../bench/worlds/real-cluster';
import { planeOf, readFiles, readManifests } from '../../lib/analysis';
import { CHECKS, runChecks, seenOf } from '../../lib/checks';

test.skip('dist', () => {
  for (const d of readdirSync('dist', { withFileTypes: true }).filter((x) => x.isDirectory())) {
    const r = readFiles([`dist/${d.name}`]);
    const s = seenOf(r, planeOf(r));
    console.log(
      d.name,
      r.objects,
      runChecks(s, CHECKS)
        .map((f) => `${f.level} ${f.rule} ${f.place?.object} ${f.about} :: ${f.what}`)
        .join('\n'),
    );
  }
});
test('cost', () => {
  const objects = realCluster();
  const reading = {
    ...readManifests(objects),
    warnings: [],
    files: 1,
    written: objects.map((object) => ({ object, sourceOf: () => 'a', file: 'a', lineOf: () => 1 })),
  };
  const plane = planeOf(reading);
  const s = seenOf(reading, plane);
  let t = process.cpuUsage();
  s.connectivity().counts();
  s.connectivity().counts();
  runChecks(s, CHECKS);
  const sw = seenOf(reading, plane);
  t = process.cpuUsage();
  sw.connectivity().counts();
  const cpu = () => {
    const u = process.cpuUsage(t);
    t = process.cpuUsage();
    return Math.round((u.user + u.system) / 1000);
  };
  const rows = [['connectivity', cpu(), 0] as [string, number, number]];
  for (const c of CHECKS) {
    const n = runChecks(sw, [c]).length;
    rows.push([c.id, cpu(), n]);
  }
  const s2 = seenOf(reading, plane);
  cpu();
  const n = runChecks(s2, CHECKS).length;
  rows.push(['ALL+connectivity', cpu(), n]);
  console.log(rows.map((r) => r.join(' ')).join('\n'));
});
