import { join } from 'node:path';
import { Program } from '../cluster/support/program';
import type { World } from './world';

/** `kubernetes` is kube-network-policies (SIG Network's reference) behind the API server's own decoding and defaults. */
export type JudgeName = 'kubernetes' | 'cilium';

/** A letter for each flow of a world: `A` allowed, `E` denied on the way out, `I` on the way in, `B` by both ends. */
export type Letters = string;

/** The code of a policy engine, as a program that is asked about one world after the other. */
export class Judge {
  private readonly program: Program;

  constructor(
    programs: string,
    readonly name: JudgeName,
  ) {
    this.program = new Program(join(programs, name), ['decide']);
  }

  async decide(world: World): Promise<Letters> {
    const flows = world.flows.map(({ from, to, protocol, port }) => [from, to, protocol, port]);
    const answer = JSON.parse(await this.program.ask(JSON.stringify({ documents: world.documents, flows })));
    if (answer.error !== undefined) throw new Error(`${this.name}, seed ${world.seed}: ${answer.error}`);
    if (answer.verdicts.length !== world.flows.length)
      throw new Error(`${this.name}, seed ${world.seed}: flows are missing`);
    return answer.verdicts;
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }
}
