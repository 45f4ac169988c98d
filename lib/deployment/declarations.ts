import type { IConstruct } from 'constructs';
import { type Problem, ZeroTrustError } from '../model/problem';
import type {
  AdditionRecord,
  Declaration,
  ForeignRecord,
  GuardrailRecord,
  HostGuardrailRecord,
  NamespaceRecord,
  TierRecord,
} from './records';
import { SaidAlike } from './said-alike';

/** What the constructs of one tree declare, in the order in which they said it: they write to it, and all else reads it. */
export class Declarations {
  public readonly namespaces: readonly NamespaceRecord[] = [];
  public readonly tiers: readonly TierRecord[] = [];
  public readonly flows: readonly Declaration[] = [];
  public readonly foreign: readonly ForeignRecord[] = [];
  public readonly guardrails: readonly GuardrailRecord[] = [];
  public readonly hostGuardrails: readonly HostGuardrailRecord[] = [];
  public readonly additions: readonly AdditionRecord[] = [];
  /** What declarations of flows have in common. */
  public readonly alike = new SaidAlike();
  /** Grows with everything that is said: the same number means the same declarations. */
  public revision = 0;

  private readonly records = new Map<IConstruct, TierRecord | NamespaceRecord>();
  private readonly names = new Map<string, IConstruct>();

  /** @param joined is told of each namespace, tier and guardrail. */
  constructor(private readonly joined: (construct: IConstruct) => void) {}

  public addNamespace(record: NamespaceRecord): void {
    this.join(record.name, record, `the namespace ${record.name}`);
    this.records.set(record.construct, record);
    add(this.namespaces, record);
  }

  public addTier(record: TierRecord): void {
    const { name, namespace } = record;
    this.join(`${namespace.name}/${name}`, record, `the tier ${name} of the namespace ${namespace.name}`);
    this.records.set(record.construct, record);
    add(this.tiers, record);
  }

  public addFlow(declaration: Declaration): void {
    add(this.flows, declaration);
    this.revision += 1;
  }

  public addForeign(records: readonly ForeignRecord[]): void {
    add(this.foreign, ...records);
    this.revision += 1;
  }

  public addGuardrail(record: GuardrailRecord): void {
    this.joinGuardrail(record.construct, record.guardrail.name);
    add(this.guardrails, record);
  }

  public addHostGuardrail(record: HostGuardrailRecord): void {
    this.joinGuardrail(record.construct, record.guardrail.name);
    add(this.hostGuardrails, record);
  }

  /** @param name by which it is known, once in an app. */
  public addAddition(record: AdditionRecord, name: string): void {
    const { construct } = record;
    this.join(`addition ${name}`, { construct, name }, `the isolation test ${name}`);
    add(this.additions, record);
  }

  /** The record of a tier or namespace of this tree; undefined for anything else. */
  public recordOf(construct: IConstruct): TierRecord | NamespaceRecord | undefined {
    return this.records.get(construct);
  }

  private joinGuardrail(construct: IConstruct, name: string): void {
    this.join(`guardrail ${name}`, { construct, name }, `the guardrail ${name}`);
  }

  private join(key: string, { construct, name }: { construct: IConstruct; name: string }, what: string): void {
    const twin = this.names.get(key);
    if (twin !== undefined) throw new ZeroTrustError(duplicate(construct, name, twin, what));
    this.names.set(key, construct);
    this.revision += 1;
    this.joined(construct);
  }
}

/** The lists are the log's own: only it writes to them. */
function add<T>(list: readonly T[], ...items: readonly T[]): void {
  (list as T[]).push(...items);
}

function duplicate(construct: IConstruct, name: string, twin: IConstruct, what: string): Problem {
  return {
    rule: 'duplicate-name',
    where: construct.node.path,
    what: `${what} is declared already, at ${twin.node.path}`,
    value: name,
    allowed:
      'names of namespaces, guardrails and isolation tests that an app has once, and of tiers that their namespace has once',
    fix: 'Give one of them another `name`, or use the one that is there.',
  };
}
