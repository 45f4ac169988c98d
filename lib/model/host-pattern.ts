/**
 * Host names that a peer stands for, lower case and without a dot at the end. Engines write wildcards differently, so a
 * wildcard says here how deep it goes; the domain itself is in neither kind of wildcard.
 */
export type HostPattern =
  | { readonly kind: 'exact'; readonly name: string }
  /** `a.example.com` for `under: 'example.com'`, and not `a.b.example.com`. */
  | { readonly kind: 'one-label'; readonly under: string }
  /** `a.example.com` and `a.b.example.com`. */
  | { readonly kind: 'any-depth'; readonly under: string }
  /** Every name. */
  | { readonly kind: 'any' }
  /** As somebody else wrote it, where it is none of the others: what it has in common with others is not decided. */
  | { readonly kind: 'opaque'; readonly text: string };

export function exactHost(name: string): HostPattern {
  return { kind: 'exact', name };
}

/** Whether the name is one of the pattern's; undefined for a pattern that is not understood. */
export function matchesHost(pattern: HostPattern, name: string): boolean | undefined {
  switch (pattern.kind) {
    case 'exact':
      return pattern.name === name;
    case 'one-label':
      return isUnder(name, pattern.under) && !name.slice(0, -pattern.under.length - 1).includes('.');
    case 'any-depth':
      return isUnder(name, pattern.under);
    case 'any':
      return true;
    case 'opaque':
      return undefined;
  }
}

function isUnder(name: string, domain: string): boolean {
  return name.endsWith(`.${domain}`) && name.length > domain.length + 1;
}

/** Every name of `a` is one of `b`; false where that is not decided. */
export function hostImplies(a: HostPattern, b: HostPattern): boolean {
  if (b.kind === 'any') return true;
  if (a.kind === 'opaque' || b.kind === 'opaque') return a.kind === b.kind && hostText(a) === hostText(b);
  switch (a.kind) {
    case 'exact':
      return matchesHost(b, a.name) === true;
    case 'one-label':
      if (b.kind === 'one-label') return a.under === b.under;
      return b.kind === 'any-depth' && (a.under === b.under || isUnder(a.under, b.under));
    case 'any-depth':
      return b.kind === 'any-depth' && (a.under === b.under || isUnder(a.under, b.under));
    case 'any':
      return false;
  }
}

/** `api.example.com`, `*.example.com` for one label, `**.example.com` for any depth, `*` for every name. */
export function hostText(pattern: HostPattern): string {
  switch (pattern.kind) {
    case 'exact':
      return pattern.name;
    case 'one-label':
      return `*.${pattern.under}`;
    case 'any-depth':
      return `**.${pattern.under}`;
    case 'any':
      return '*';
    case 'opaque':
      return pattern.text;
  }
}

/** A name of each pattern that is understood, and of each way in which patterns overlap: what tells them all apart. */
export function sampleHosts(patterns: readonly HostPattern[]): string[] {
  const understood = patterns.filter(({ kind }) => kind !== 'opaque');
  const domains = understood.flatMap((it) => (it.kind === 'one-label' || it.kind === 'any-depth' ? [it.under] : []));
  const label = unusedLabel(understood);
  const names = [
    ...understood.flatMap((it) => (it.kind === 'exact' ? [it.name] : [])),
    ...domains.flatMap((domain) => [`${label}.${domain}`, `${label}.${label}.${domain}`]),
    `${label}.invalid`,
  ];
  return [...new Set(names)].sort();
}

/** A label that no pattern has, so that a name with it is in a wildcard or in nothing. */
function unusedLabel(patterns: readonly HostPattern[]): string {
  const used = new Set(patterns.flatMap((it) => hostText(it).split('.')));
  let label = 'any';
  while (used.has(label)) label += 'x';
  return label;
}
