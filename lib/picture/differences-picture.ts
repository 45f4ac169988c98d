import type { Change, ChangeEnd, Differences } from '../analysis';
import * as ports from '../model/port-set';
import type { World } from '../model/world';
import { causeWords, changeWords, verdictLine } from '../report/change-words';
import { endWords } from '../report/end-words';
import type { Picture } from './picture';
import { type BoxAsked, OUTSIDE, PictureBuilder } from './picture-builder';
import { rangesOf } from './port-ranges';
import { type WorkloadEnds, workloadEnds } from './workload-ends';

/** What changed, as arrows with the colour of the change; what stays as it was is not drawn. */
export function differencesPicture(found: Differences, before: World, after: World, title: string): Picture {
  const all = [...before.workloads, ...after.workloads, ...found.unseen];
  const workloads = new Map(all.map((workload) => [workload.id, workload]));
  const both = { workloads: [...workloads.values()] };
  const presence = new Map([
    ...found.workloads.added.map((id) => [id, 'It is new.'] as const),
    ...found.workloads.removed.map((id) => [id, 'It is gone.'] as const),
    ...found.unseen.map(
      ({ id }) => [id, 'A pod that no manifest shows, with the labels that a policy asks for.'] as const,
    ),
  ]);
  const isUnseen = new Set(found.unseen.map(({ id }) => id));
  const ends = workloadEnds(both, ({ id }) => ({
    role: isUnseen.has(id) ? 'pods' : id.split('/')[1],
    facts: presence.has(id) ? [presence.get(id) ?? ''] : [],
  }));
  const builder = new PictureBuilder();
  const boxesOf = (end: ChangeEnd): readonly BoxAsked[] => changeEnd(end, workloads, ends);
  for (const change of found.changes) {
    for (const source of boxesOf(change.from)) {
      for (const target of boxesOf(change.to)) {
        if (source.key === target.key && source.kind === 'one' && change.paths > 1) continue;
        builder.arrow({
          from: builder.box(source),
          to: builder.box(target),
          ports: changeWords(change),
          ranges: rangesOf(ports.union(change.before.may, change.after.may)),
          isPerhaps: ports.isEmpty(change.before.must) && ports.isEmpty(change.after.must),
          mark: change.kind,
          ...(change.internet !== undefined && { internet: change.internet }),
          reasons: change.reasons,
          policies: change.causes.map(causeWords),
          engines: enginesOf(change),
          explanation: [],
        });
      }
    }
  }
  return builder.picture({
    title,
    about: verdictLine(found),
    findings: [],
    notes: ['What changed is drawn; what passes as it did is not.'],
    elsewhere: 'The formats text and json have every change.',
  });
}

function changeEnd(
  end: ChangeEnd,
  workloads: ReadonlyMap<string, World['workloads'][number]>,
  ends: WorkloadEnds,
): readonly BoxAsked[] {
  if (end.kind === 'workloads') return ends.of(end.workloads.flatMap((id) => workloads.get(id) ?? []));
  const name = endWords(end);
  return [{ key: `outside ${name}`, island: OUTSIDE, name, kind: 'outside' }];
}

function enginesOf({ causes }: Change): readonly string[] {
  return [...new Set(causes.flatMap((cause) => (cause.kind === 'policy' ? [cause.policy.kind] : [])))];
}
