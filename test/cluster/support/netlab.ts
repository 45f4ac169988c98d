import { join } from 'node:path';
import type { Flow, World } from '../../judges/world';
import { Program } from './program';

/** Network namespaces around one that routes. The pods of different worlds take turns in them, each by its own address. */
export class Netlab {
  /** `names` are those that its name servers know, each with its address. */
  static async start(
    programs: string,
    worlds: readonly Pick<World, 'ends' | 'flows'>[],
    names: Readonly<Record<string, string>> = {},
  ): Promise<Netlab> {
    const prefix = `zt${process.pid}-`;
    const seats = seatsOf(worlds);
    const program = new Program(join(programs, 'netlab'));
    program.tell(JSON.stringify({ prefix, queue: QUEUE, seats, ports: portsOf(worlds), names }));
    await program.ready();
    return new Netlab(program, prefix, new Map(seats.flatMap(placesOf)));
  }

  /** The namespace that all packets run through. */
  readonly node: string;

  private constructor(
    private readonly program: Program,
    private readonly prefix: string,
    private readonly seatAt: ReadonlyMap<string, number>,
  ) {
    this.node = `${prefix}node`;
  }

  /** The namespace that has the address. */
  netnsOf(address: string): string {
    return `${this.prefix}${this.seatAt.get(address)}`;
  }

  /**
   * Whether each flow passes. A refusal is an answer, so silence is a packet that was lost on a busy machine and says nothing
   * about policy: it is tried again. @throws where one stays silent: then the lab is at fault.
   */
  async try(flows: readonly Flow[]): Promise<boolean[]> {
    const outcomes = await this.probe(flows);
    for (let again = 0; again < MORE_TRIES; again++) {
      const silent = [...outcomes.keys()].filter((index) => isSilent(outcomes[index]));
      if (silent.length === 0) break;
      const answers = await this.probe(silent.map((index) => flows[index] as Flow));
      for (const [position, index] of silent.entries()) outcomes[index] = answers[position] as string;
    }
    const silent = flows.filter((_, index) => isSilent(outcomes[index]));
    if (silent.length > 0) {
      const example = JSON.stringify(silent[0]);
      throw new Error(
        `${silent.length} flows were neither answered nor refused, such as ${example}\n${this.program.said}`,
      );
    }
    return outcomes.map((outcome) => outcome === 'p');
  }

  private async probe(flows: readonly Flow[]): Promise<string[]> {
    const probes = flows.map((flow) => ({ seat: this.seatAt.get(flow.from), ...flow }));
    return [...(await this.program.ask(JSON.stringify(probes)))];
  }

  /** Removes the namespaces. */
  async stop(): Promise<void> {
    await this.program.stop();
  }
}

const MORE_TRIES = 5;

/** `p` for passed, `r` for refused; anything else is no answer. */
function isSilent(outcome: string | undefined): boolean {
  return outcome !== 'p' && outcome !== 'r';
}

/** NFQUEUE that packets of new flows go to; queues are counted in each network namespace by itself. */
export const QUEUE = 100;

interface Seat {
  readonly name: string;
  readonly addresses: string[];
}

/** The pods of a world sit apart from each other; an address outside has one seat for all worlds. */
function seatsOf(worlds: readonly Pick<World, 'ends'>[]): Seat[] {
  const seats = new Map<string, Set<string>>();
  for (const { ends } of worlds) {
    ends.forEach(({ pod, addresses }, index) => {
      const name = pod === undefined ? (addresses[0] as string) : `pod ${index}`;
      const seat = seats.get(name) ?? new Set();
      for (const address of addresses) seat.add(address);
      seats.set(name, seat);
    });
  }
  return [...seats].map(([name, addresses]) => ({ name, addresses: [...addresses] }));
}

function placesOf({ addresses }: Seat, index: number): [string, number][] {
  return addresses.map((address) => [address, index]);
}

function portsOf(worlds: readonly Pick<World, 'flows'>[]): { protocol: string; port: number }[] {
  const tried = worlds.flatMap(({ flows }) => flows.map(({ protocol, port }) => `${protocol}/${port}`));
  return [...new Set(tried)].map((text) => {
    const [protocol, port] = text.split('/');
    return { protocol: protocol as string, port: Number(port) };
  });
}
