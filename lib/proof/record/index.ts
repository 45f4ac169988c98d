export { type FileDigest, fileDigest, filesOf } from './digests';
export { isRecordable, PREDICATE_TYPE, type ProofRecord, proofRecord, recordJson } from './proof-record';
export { readRecord } from './read-record';
export { fileDifferences, type RecordDifferences, recordDifferences } from './record-differences';
