/** How Antrea matches names (pkg/agent/controller/networkpolicy/fqdn.go, `fqdnToSelectorItem`, `toRegex`). */
export function selectsName(fqdn: string, asked: string): boolean {
  const name = asked.toLowerCase().replace(/\.$/, '');
  const pattern = fqdn.toLowerCase();
  if (!pattern.includes('*')) return pattern === name;
  return new RegExp(`^${pattern.replaceAll('.', '[.]').replaceAll('*', '.*')}$`).test(name);
}
