import { printable } from '../model/printable';
import type { Arrow, Box, Island, Picture } from './picture';

/** What is known of an island or a box when it is first met. */
export interface BoxAsked {
  /** What it is known by; the same key is the same box. */
  readonly key: string;
  readonly island: { readonly kind: Island['kind']; readonly name: string };
  readonly name: string;
  readonly small?: string;
  readonly kind: Box['kind'];
  readonly role?: string;
  readonly facts?: readonly string[];
}

export type ArrowAsked = Omit<Arrow, 'id' | 'findings'> & { readonly findings?: readonly number[] };

/** What is outside every namespace. */
export const OUTSIDE = { kind: 'outside', name: 'outside' } as const;

/** Puts a picture together: every island and box once, with ids that are safe in every syntax, and every word printable. */
export class PictureBuilder {
  private readonly islands = new Map<string, Island>();
  private readonly boxes = new Map<string, Box>();
  private readonly arrows: Arrow[] = [];

  constructor(
    private readonly factsOf: (island: BoxAsked['island']) => Pick<Island, 'facts' | 'findings'> = () => NOTHING_KNOWN,
    private readonly findingsOf: (key: string) => readonly number[] = () => [],
  ) {}

  /** The id of the box, which is made where it is not there. */
  box({ key, island, name, small = '', kind, role = '', facts = [] }: BoxAsked): string {
    const known = this.boxes.get(key);
    if (known !== undefined) return known.id;
    const box = {
      id: `b${this.boxes.size}`,
      island: this.island(island),
      name: printable(name),
      small: printable(small),
      kind,
      role: printable(role),
      facts: facts.map(printable),
      findings: this.findingsOf(key),
    };
    this.boxes.set(key, box);
    return box.id;
  }

  /** The id of the island, which is made where it is not there. */
  island(asked: BoxAsked['island']): string {
    const key = `${asked.kind} ${asked.name}`;
    const known = this.islands.get(key);
    if (known !== undefined) return known.id;
    const { facts, findings } = this.factsOf(asked);
    const id = `n${this.islands.size}`;
    const name = printable(asked.name);
    this.islands.set(key, { id, name, kind: asked.kind, facts: facts.map(printable), findings });
    return id;
  }

  arrow({ findings = [], reasons, policies, explanation, ports, ...arrow }: ArrowAsked): void {
    this.arrows.push({
      id: `a${this.arrows.length}`,
      ...arrow,
      ports: printable(ports),
      reasons: reasons.map(printable),
      policies: policies.map(printable),
      explanation: explanation.map(printable),
      findings,
    });
  }

  picture(said: Pick<Picture, 'title' | 'about' | 'findings' | 'notes' | 'elsewhere'>): Picture {
    return {
      ...said,
      title: printable(said.title),
      about: printable(said.about),
      notes: said.notes.map(printable),
      islands: [...this.islands.values()],
      boxes: [...this.boxes.values()],
      arrows: this.arrows,
    };
  }
}

const NOTHING_KNOWN = { facts: [], findings: [] };
