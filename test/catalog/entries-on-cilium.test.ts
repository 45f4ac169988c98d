import { describeEveryEntry } from './every-entry';

describeEveryEntry('cilium');
