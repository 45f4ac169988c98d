import { existsSync, readFileSync } from 'node:fs';

const page = readFileSync('CONTRIBUTING.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('the recipes', () => {
  it('name files and folders that are there', () => {
    const paths = [...page.matchAll(/`((?:lib|test|docs)\/[^`*]+)`/g)].map(([, path]) => path);
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('name lists and functions that the file has', () => {
    const named = [...page.matchAll(/`(\w+)` of `((?:lib|test)\/[^`]+\.ts)`/g)].map(([, name, file]) => ({
      name,
      file,
    }));
    expect(named.length).toBeGreaterThanOrEqual(8);
    for (const { name, file } of named) {
      const declared = new RegExp(`^(export )?(async )?(function|const|class|interface|type) ${name}\\b`, 'm');
      expect([file, name, declared.test(readFileSync(file, 'utf8'))]).toEqual([file, name, true]);
    }
  });

  it('name commands that there are', () => {
    const commands = [...page.matchAll(/`npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(commands.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});
