import Ajv from 'ajv';
import { findingsAsGitlab } from '../../lib/report/findings-gitlab';
import { HOSTILE } from './hostile';
import { MANIFESTS, reportOf } from './made-up';

/**
 * What GitLab takes: an array, and of each entry what its parser asks for (`app/validators/json_schemas/codeclimate.json`),
 * narrowed to what its documentation promises to show ("Code Quality report format"): the five severities, and a line.
 */
const CODE_QUALITY = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          // From the top of the repository, without a dot before it.
          path: { type: 'string', minLength: 1, not: { pattern: '^[.]?/' } },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
};

const validate = new Ajv().compile(CODE_QUALITY);

function wrongIn(report: string): readonly unknown[] {
  validate(JSON.parse(report));
  return validate.errors ?? [];
}

describe('a report for GitLab', () => {
  const report = reportOf(MANIFESTS);

  it('is what its parser takes, each finding with a fingerprint of its own', () => {
    const text = findingsAsGitlab(report);
    expect(wrongIn(text)).toEqual([]);
    const fingerprints = (JSON.parse(text) as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
    expect(fingerprints.length).toBeGreaterThan(2);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  it('is an empty array where nothing was found', () => {
    expect(findingsAsGitlab({ ...report, found: [] })).toBe('[]\n');
  });

  it.each(Object.entries(HOSTILE))('is that with %s in the words of a finding', (_, text) => {
    const found = report.found.map((finding) => ({ ...finding, what: text }));
    expect(wrongIn(findingsAsGitlab({ ...report, found }))).toEqual([]);
  });

  it('would be refused with a severity that GitLab does not know', () => {
    expect(wrongIn(findingsAsGitlab(report).replaceAll('"major"', '"error"'))).not.toEqual([]);
  });
});
