import type { App } from 'cdk8s';
import * as ts from 'typescript';
import * as library from '../../lib';

/** Runs `platform()` of sources that are text, by their paths. */
export function appOf(files: Readonly<Record<string, string>>): App {
  const loaded = new Map<string, { exports: Record<string, unknown> }>();
  const load = (path: string): Record<string, unknown> => {
    const known = loaded.get(path);
    if (known !== undefined) return known.exports;
    const options = { compilerOptions: { module: ts.ModuleKind.CommonJS } };
    const { outputText } = ts.transpileModule(files[`${path}.ts`], options);
    const module = { exports: {} as Record<string, unknown> };
    loaded.set(path, module);
    const resolve = (name: string) => {
      if (name === 'cdk8s-zero-trust') return library;
      return name.startsWith('.') ? load(name.replace(/^(\.\.?\/)+/, '')) : require(name);
    };
    new Function('require', 'module', 'exports', outputText)(resolve, module, module.exports);
    return module.exports;
  };
  return (load('platform').platform as () => App)();
}
