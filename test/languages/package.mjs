// Builds the packages of other languages with jsii-pacmak: `npm run package:python`, `package:java`, `package:go`,
// `package:dotnet`. They lie in `packages`, by language. Says what is missing where a toolchain is.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const packages = join(root, 'packages');

/** What each language needs, by the commands that show it. */
const TOOLS = {
  python: [['python3', '--version']],
  java: [
    ['javac', '-version'],
    ['mvn', '--version'],
  ],
  go: [['go', 'version']],
  dotnet: [['dotnet', '--version']],
};

/** The commands of a language that are not there. */
export function missing(language) {
  return TOOLS[language].filter(([command, ...args]) => !runs(command, args)).map(([command]) => command);
}

function runs(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Builds what lies in `build`, or another module of jsii; throws with what was printed where that fails. */
export function pack(languages, module = root) {
  const options = [
    module,
    '--outdir',
    packages,
    '--targets',
    ...languages,
    '--pack-command',
    'npm pack --ignore-scripts',
  ];
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/jsii-pacmak'), options, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const languages = process.argv.slice(2);
  const lacking = languages.flatMap(missing);
  if (languages.length === 0 || languages.some((language) => !(language in TOOLS))) {
    console.log(`one of ${Object.keys(TOOLS).join(', ')}`);
    process.exitCode = 1;
  } else if (lacking.length > 0) {
    console.log(`The package of ${languages.join(', ')} needs ${lacking.join(' and ')}, not found on the path.`);
    process.exitCode = 1;
  } else if (!existsSync(join(root, '.jsii'))) {
    console.log('There is no .jsii yet: run `npm run build` first.');
    process.exitCode = 1;
  } else {
    try {
      pack(languages);
      for (const language of languages) console.log(join('packages', language));
    } catch (error) {
      console.log(`The package of ${languages.join(', ')} could not be built:\n${error.message}`);
      process.exitCode = 1;
    }
  }
}
