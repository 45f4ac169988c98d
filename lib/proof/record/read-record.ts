import { isAbsolute } from 'node:path';
import { PROOF_RECORDS, STATEMENT_TYPE } from '../../analysis/files/own-files';
import { isObject } from '../../kinds/field';
import { type JsonText, readJson } from '../../model/json-text';
import { ZeroTrustError } from '../../model/problem';
import { PREDICATE_TYPE, type ProofRecord } from './proof-record';

/**
 * The record of a proof from its JSON. What it says beside its files and its declaration is only ever compared with what is
 * found anew, so that it is taken as it is.
 *
 * @param file what it is called in problems.
 * @throws ZeroTrustError for what is no record, and for a record of another version.
 */
export function readRecord(json: string, file: string): ProofRecord {
  const record = parsed(json, file);
  if (!isObject(record) || record._type !== STATEMENT_TYPE) {
    throw refused(file, 'This is no statement of in-toto', shownType(record, '_type'), `"_type": "${STATEMENT_TYPE}"`);
  }
  if (record.predicateType !== PREDICATE_TYPE) {
    const isOurs = typeof record.predicateType === 'string' && record.predicateType.startsWith(PROOF_RECORDS);
    const what = isOurs
      ? 'This record is of another version, and another version of cdk8s-zero-trust reads it'
      : 'This statement is no record of a proof';
    throw refused(file, what, shownType(record, 'predicateType'), `"predicateType": "${PREDICATE_TYPE}"`);
  }
  const predicate = isObject(record.predicate) ? record.predicate : {};
  if (!Array.isArray(record.subject) || record.subject.length === 0 || !record.subject.every(isDigest)) {
    throw refused(
      file,
      'The record names no files',
      'subject',
      'a list of files, each with its name and its digest in SHA-256',
    );
  }
  if (!isDigest(predicate.declaration)) {
    throw refused(
      file,
      'The record names no declaration',
      'predicate.declaration',
      'the graph, with its name and its digest in SHA-256',
    );
  }
  if (isAbsolute(String((predicate.declaration as { readonly name: unknown }).name))) {
    throw refused(
      file,
      'The declaration has a path of one machine',
      'predicate.declaration.name',
      'a path that begins at the record',
    );
  }
  if (!isObject(predicate.tool) || typeof predicate.tool.version !== 'string') {
    throw refused(
      file,
      'The record does not say what made it',
      'predicate.tool',
      'the name and the version of the tool',
    );
  }
  return record as unknown as ProofRecord;
}

function parsed(json: string, file: string): unknown {
  const { value, twice } = jsonOf(json, file);
  if (twice === undefined) return value;
  throw refused(
    file,
    `The key ${twice} stands twice, and which one counts depends on who reads it`,
    twice,
    'each key once',
  );
}

function jsonOf(json: string, file: string): JsonText {
  try {
    return readJson(json);
  } catch (error) {
    throw refused(
      file,
      `This is not JSON (${(error as Error).message})`,
      undefined,
      'a record that `prove --record` wrote',
    );
  }
}

function isDigest(value: unknown): boolean {
  if (!isObject(value) || typeof value.name !== 'string' || !isObject(value.digest)) return false;
  return typeof value.digest.sha256 === 'string' && /^[0-9a-f]{64}$/.test(value.digest.sha256);
}

function shownType(record: unknown, field: string): string {
  return String(isObject(record) ? record[field] : record).slice(0, 200);
}

function refused(file: string, what: string, value: string | undefined, allowed: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'proof-record',
    where: file,
    what,
    ...(value !== undefined && { value }),
    allowed,
    fix: 'Make it anew: prove FOLDER --record proof.json, or render the app again.',
  });
}
