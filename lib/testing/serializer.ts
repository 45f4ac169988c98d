/**
 * A jest snapshot serializer: policy graphs, and differences of them, read in snapshots as their text form. The module is
 * the serializer, as jest's option `snapshotSerializers` wants it.
 */
import { PolicyGraph, PolicyGraphDifference } from '../graph';
import { reading, wrongKind } from '../model/checked';

/** Whether this serializer is for `value`. */
export function test(value: unknown): boolean {
  return reading('the value', () => value instanceof PolicyGraph || value instanceof PolicyGraphDifference);
}

/** The text form, indented where the value stands inside another one. */
export function serialize(value: PolicyGraph | PolicyGraphDifference, _config: unknown, indentation: string): string {
  if (!test(value)) {
    throw wrongKind(value, 'value', { is: 'a policy graph', allowed: 'a PolicyGraph, or the difference of two' });
  }
  const [first, ...others] = value.toText().trimEnd().split('\n');
  return [first, ...others.map((line) => (line === '' ? line : indentation + line))].join('\n');
}
