import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, type ApiObjectProps, App, Chart } from 'cdk8s';
import { inThisLibrary, type Mesh } from './meshes';

// The first synthesis of a process, as a user's is: code is compiled and warmed up in it. Prints its CPU time in ms.
//   ours <mesh as JSON>      the mesh in this library
//   bare <file>              bare objects: a JSON list of charts, each its id and its objects

const [kind, input] = process.argv.slice(2);
const app = kind === 'ours' ? inThisLibrary(JSON.parse(input) as Mesh) : bare(JSON.parse(readFileSync(input, 'utf8')));
const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
Object.assign(app, { outdir });
const start = process.cpuUsage();
app.synth();
const { user, system } = process.cpuUsage(start);
rmSync(outdir, { recursive: true });
console.log((user + system) / 1000);

function bare(charts: readonly (readonly [string, readonly ApiObjectProps[]])[]): App {
  const made = new App();
  for (const [id, objects] of charts) {
    const chart = new Chart(made, id);
    for (const [index, object] of objects.entries()) new ApiObject(chart, `object-${index}`, object);
  }
  return made;
}
