import { explanationText } from '../analysis';
import { WHY_UNKNOWN } from '../flow-logs/attribution/known-end';
import { type FlowEntry, SET_ASIDE } from '../flow-logs/judging/found';
import type { FlowsReport } from './flows-report';
import { ruleOf } from './flows-report';
import { fixText, timeText, whatText } from './flows-words';

/** What the JSON of flows says that it is. */
export const FLOWS_SCHEMA = 'cdk8s-zero-trust/flows/v1';

/** For programs: everything that the report has. Times are texts, and what is not known is absent. */
export function flowsAsJson(report: FlowsReport): string {
  const { found, logs, formats, tool, isPartial } = report;
  const { entries, neverSeen, notAttributable, setAside, asDeclared, leftOff, notes, against, records } = found;
  const document = {
    schema: FLOWS_SCHEMA,
    tool,
    against,
    ...(isPartial && { isPartial }),
    reading: { logs, records, ...times(found) },
    flows: entries.map((entry) => flowJson(entry, report)),
    neverSeen,
    notAttributable: notAttributable.map((one) => ({ ...one, what: WHY_UNKNOWN[one.why].what })),
    setAside: setAside.map(({ what, ...counted }) => ({ why: what, ...counted, what: SET_ASIDE[what] })),
    asDeclared,
    leftOff,
    notes,
    formats,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function flowJson(entry: FlowEntry, { found }: FlowsReport) {
  const { first: _, last: __, explanation, certainty, class: of, ...rest } = entry;
  return {
    class: of,
    certainty,
    rule: ruleOf(entry),
    what: whatText(entry, found),
    ...rest,
    ...times(entry),
    ...(explanation && { explanation: explanationText(explanation) }),
    fix: fixText(entry, found),
  };
}

function times({ first, last }: { readonly first?: number; readonly last?: number }) {
  return {
    ...(first !== undefined && { first: timeText(first) }),
    ...(last !== undefined && { last: timeText(last) }),
  };
}
