import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The schema of OCSF as the project exports it for a version, translated to JSON Schema by the package of PyPI that carries
// it (`requirements.txt`). Nothing of it is kept.

const PRINTED = `
import json, sys
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(sys.argv[1]))
classes = [schema.lookup_class_name_from_uid(int(uid)) for uid in sys.argv[3:]]
print(json.dumps([schema.get_class_schema(name, sys.argv[2].split(',')) for name in classes]))
`;

/** The JSON Schemas of classes with the attributes of profiles, in the order of `classes`. */
export function publishedSchemas(
  version: string,
  profiles: readonly string[],
  classes: readonly number[],
): readonly object[] {
  const folder = mkdtempSync(join(tmpdir(), 'ocsf-'));
  try {
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--require-hashes',
      '--root-user-action=ignore',
    ];
    python([...pip, '--target', folder, '--requirement', 'test/ocsf/requirements.txt'], {});
    const args = ['-c', PRINTED, version, profiles.join(','), ...classes.map(String)];
    return JSON.parse(python(args, { PYTHONPATH: folder }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function python(args: readonly string[], env: Readonly<Record<string, string>>): string {
  return execFileSync('python3', args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...env },
  });
}
