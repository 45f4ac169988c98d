import type { Schema, Type } from 'js-yaml';
import type { Document } from 'yaml';
import { jsYaml, yaml } from './parsers';
import { plainValue } from './plain-value';

// Both parsers read scalars alike: as `plainValue` says.

let schema: Schema | undefined;

/** Scalars for `js-yaml`: without dates, binary data and other surprises. */
export function kubernetesSchema(): Schema {
  schema ??= jsYaml().FAILSAFE_SCHEMA.extend({
    // One for all: the parser asks each type about each scalar.
    implicit: [scalarType('float', (value) => typeof value !== 'string')],
    explicit: [
      scalarType('null', (value) => value === null),
      scalarType('bool', (value) => typeof value === 'boolean'),
      scalarType('int', (value) => typeof value === 'number' && Number.isInteger(value)),
    ],
  });
  return schema;
}

function scalarType(name: string, isOne: (value: unknown) => boolean): Type {
  const { Type } = jsYaml();
  // What it is asked to make is what it was asked about just before.
  let asked = '';
  let value = plainValue(asked);
  const plainOf = (text: string) => {
    if (text === asked) return value;
    asked = text;
    value = plainValue(text);
    return value;
  };
  return new Type(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: (text: string | null) => isOne(plainOf(text ?? '')),
    construct: (text: string | null) => plainOf(text ?? ''),
  });
}

const TYPED = ['null', 'bool', 'int', 'float'].map((name) => `tag:yaml.org,2002:${name}`);

/** The scalars of a document that `yaml` read with the failsafe schema, where all of them are text. */
export function resolveScalars(document: Document): void {
  yaml().visit(document, {
    Scalar: (_, node) => {
      const isPlain = node.type === 'PLAIN' && node.tag === undefined;
      if ((isPlain || TYPED.includes(node.tag ?? '')) && typeof node.value === 'string') {
        node.value = plainValue(node.value);
      }
    },
  });
}
