import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Field, fieldOf } from './field';
import { fieldTable, findingsText } from './table';

// `npm run field -- FOLDER [OUT.md] [FINDINGS.txt]`: every command on each rendered chart of a folder (a folder or a file each),
// and a table in Markdown of what came of it. The second file gets each finding in a line, for who judges them.

async function main([folder, table, findings]: readonly string[]): Promise<void> {
  if (folder === undefined || !existsSync(folder)) throw new Error('npm run field -- FOLDER [TABLE.md] [FINDINGS.txt]');
  const fields: Field[] = [];
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (!statSync(path).isDirectory() && !/\.(ya?ml|json)$/.test(name)) continue;
    fields.push(await fieldOf(basename(name).replace(/\.(ya?ml|json)$/, ''), path));
    console.error(`${name}: ${fields[fields.length - 1].seconds.toFixed(1)} s`);
  }
  if (table === undefined) console.log(fieldTable(fields));
  else writeFileSync(table, fieldTable(fields));
  if (findings !== undefined) writeFileSync(findings, findingsText(fields));
  const crashes = fields.flatMap(({ name, crashes: of }) => of.map((crash) => `${name}: ${crash}`));
  for (const crash of crashes) console.error(`crash: ${crash}`);
  process.exitCode = crashes.length > 0 ? 1 : 0;
}

void main(process.argv.slice(2));
