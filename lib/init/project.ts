import { toolVersion } from '../model/tool-version';

/** What a project of its own needs beside its sources, whoever writes these. */
export interface ProjectOptions {
  /** Of the package, as npm takes it. */
  readonly name: string;
  /** This library as a dependency: a range of versions, or `file:…`. @default the version that writes it */
  readonly library?: string;
  /** The README. */
  readonly readme: string;
  /** Dependencies beside those that every project has, with their ranges. */
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Files of a project that renders, proves and tests a declaration, by their paths; `main.ts` and its tests are the caller's. */
export function projectFiles(options: ProjectOptions): Readonly<Record<string, string>> {
  return {
    'package.json': `${JSON.stringify(packageJson(options), undefined, 2)}\n`,
    'tsconfig.json': `${JSON.stringify(TSCONFIG, undefined, 2)}\n`,
    'cdk8s.yaml': 'language: typescript\napp: npx ts-node main.ts\n',
    '.gitignore': 'node_modules/\n',
    '.github/workflows/policies.yml': WORKFLOW,
    'README.md': options.readme,
  };
}

/** The range that npm writes when the package is installed by its name. */
export function libraryRange(): string {
  return `^${toolVersion()}`;
}

function packageJson({ name, library = libraryRange(), dependencies = {} }: ProjectOptions) {
  return {
    name,
    version: '0.0.0',
    private: true,
    // The first run writes the snapshot wherever it is; the workflow says --ci, which writes none.
    scripts: { synth: 'ts-node main.ts', test: 'jest --ci=false' },
    dependencies: { 'cdk8s-zero-trust': library, cdk8s: '^2.70.47', constructs: '^10.3.0', ...dependencies },
    devDependencies: {
      '@types/jest': '^30.0.0',
      '@types/node': '^20.19.0',
      jest: '^30.0.0',
      'ts-jest': '^29.4.0',
      'ts-node': '^10.9.2',
      typescript: '^5.9.0',
    },
    jest: {
      preset: 'ts-jest',
      testMatch: ['<rootDir>/*.test.ts'],
      snapshotSerializers: ['cdk8s-zero-trust/testing/serializer'],
    },
  };
}

const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'commonjs',
    strict: true,
    noUnusedLocals: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node', 'jest'],
  },
};

const WORKFLOW = `name: policies
on: [push, pull_request]
permissions:
  contents: read
jobs:
  policies:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
          cache: npm
      - run: npm ci
      - run: npm test -- --ci
      - run: npm run synth
      - run: git diff --exit-code dist
`;
