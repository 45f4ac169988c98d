import { type ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { problemAt, type RuleContext } from './rule';

/**
 * cdk8s names a file by kind and name when it writes one a resource, without the namespace, so that of two default denies
 * one overwrites the other.
 */
export function outputFiles({ root, objects }: RuleContext) {
  if (!(root instanceof App)) return [];
  const folder = folderBy(root.yamlOutputType);
  if (folder === undefined) return [];
  const files = new Map<string, ApiObject>();
  return objects.flatMap((object) => {
    const file = `${folder(object)}${object.kind}.${object.name}`.replace(/[^0-9a-zA-Z-_./]/g, '');
    const twin = files.get(file);
    files.set(file, twin ?? object);
    if (twin === undefined) return [];
    return [
      problemAt(root, {
        rule: 'output-files',
        what: `${twin.node.path} and ${object.node.path} would both be written to ${file}${root.outputFileExtension}, and one would be lost`,
        value: YamlOutputType[root.yamlOutputType],
        allowed: 'YamlOutputType.FILE_PER_CHART or FILE_PER_APP',
        fix: 'new App({ yamlOutputType: YamlOutputType.FILE_PER_CHART })',
      }),
    ];
  });
}

function folderBy(type: YamlOutputType): ((object: ApiObject) => string) | undefined {
  switch (type) {
    case YamlOutputType.FILE_PER_RESOURCE:
      return () => '';
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return (object) => `${Chart.of(object).node.path}/`;
    default:
      return undefined;
  }
}
