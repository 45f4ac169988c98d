import { jsYaml } from '../analysis/files/parsers';
import { printable } from '../model/printable';

/** An object as YAML, line by line, in the order of its fields. */
export function yamlText(object: object): string[] {
  const text = jsYaml().dump(object, { lineWidth: -1, noRefs: true });
  return text.trimEnd().split('\n').map(printable);
}
