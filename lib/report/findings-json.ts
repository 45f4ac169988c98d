import { FINDINGS_SCHEMA, findingFields } from '../findings/finding';
import type { FindingsReport } from './findings-report';

/** For programs: everything that the report has. */
export function findingsAsJson(report: FindingsReport): string {
  const { found, acknowledged, acknowledgedInCode, baselined, gone, rules, reading, tool } = report;
  const document = {
    schema: FINDINGS_SCHEMA,
    tool,
    reading,
    findings: found.map(findingFields),
    acknowledged: acknowledged.map(({ finding, because, by, acknowledgedAt }) => ({
      ...findingFields(finding),
      because,
      by,
      acknowledgedAt,
    })),
    acknowledgedInCode: acknowledgedInCode.map(({ rule, because, object, where }) => ({
      rule,
      object,
      because,
      acknowledgedAt: where,
    })),
    baselined: baselined.map(findingFields),
    gone,
    rules,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
