import type { JointClass } from './joint-classes';

/** Whether the workloads of a change are there before and after; or one end `came`, or one end `went`. */
export type Presence = 'stayed' | 'came' | 'went';

export function presenceOf(...ends: readonly Pick<JointClass, 'before' | 'after'>[]): Presence {
  if (ends.some(({ before }) => before === undefined)) return 'came';
  return ends.some(({ after }) => after === undefined) ? 'went' : 'stayed';
}
