import { describeEveryEntry } from './every-entry';

describeEveryEntry('antrea');
