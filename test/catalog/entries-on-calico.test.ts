import { describeEveryEntry } from './every-entry';

describeEveryEntry('calico');
