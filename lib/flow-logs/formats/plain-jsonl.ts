import type { LineRead, LogFormat, LogReader } from '../flow-record';
import { beginsObject, fieldsOf, objectOfLine } from '../reading/fields';
import { NOTHING, unreadable } from '../reading/line-read';
import { plainRead } from './plain-record';
import { PLAIN_FLOW } from './plain-shape';

/** Flows in JSON, one a line, as `docs/schemas/flow-log.schema.json` has them. */
export const plainJsonl: LogFormat = {
  name: 'jsonl',
  title: 'JSON lines of our own (`docs/schemas/flow-log.schema.json`)',
  recognises,
  reader: () => new JsonlReader(),
  isUnordered: true,
  limits: ['What a line does not say is not known. Nothing that is not a field of the schema is taken.'],
};

const VERDICTS = verdicts();

/** Other formats have a source and a destination too, and verdicts in capitals. */
function recognises(line: string): 0 | 1 | 2 {
  if (!beginsObject(line)) return 0;
  const object = objectOfLine(line);
  if (object === undefined || fieldsOf(object['source']) === undefined) return 0;
  return fieldsOf(object['destination']) !== undefined && VERDICTS.has(object['verdict']) ? 2 : 0;
}

function verdicts(): ReadonlySet<unknown> {
  const { verdict } = PLAIN_FLOW.properties;
  return new Set(verdict !== undefined && 'enum' in verdict ? verdict.enum : []);
}

class JsonlReader implements LogReader {
  line(text: string, line: number): LineRead {
    const object = objectOfLine(text);
    return object === undefined ? unreadable('it is no JSON object', line) : plainRead(object, line);
  }

  end(): LineRead {
    return NOTHING;
  }
}
