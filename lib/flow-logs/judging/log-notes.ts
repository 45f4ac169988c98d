import type { LogNote } from '../flow-record';
import type { NotesFound } from './found';

const MOST_SAMPLES = 3;
const MOST_CLOCKS = 3;

/** What logs say beside their flows, counted. */
export class LogNotes {
  private lostEvents = 0;
  private lost = 0;
  private unreadable = 0;
  private passedOver = 0;
  private readonly samples: { what: string; log: string; line: number }[] = [];
  private readonly clocks: (Extract<LogNote, { kind: 'clock' }> & { readonly log: string })[] = [];

  get found(): NotesFound {
    return {
      lost: { events: this.lostEvents, count: this.lost },
      unreadable: { lines: this.unreadable, samples: this.samples },
      passedOver: this.passedOver,
      clocks: this.clocks,
    };
  }

  take(note: LogNote, log: string): void {
    switch (note.kind) {
      case 'lost':
        this.lostEvents++;
        this.lost += note.count ?? 0;
        return;
      case 'unreadable':
        this.unreadable++;
        if (this.samples.length < MOST_SAMPLES) this.samples.push({ what: note.what, log, line: note.line });
        return;
      case 'passed-over':
        this.passedOver++;
        return;
      case 'clock':
        if (this.clocks.length < MOST_CLOCKS) this.clocks.push({ ...note, log });
        return;
      case 'format':
        return;
    }
  }
}
