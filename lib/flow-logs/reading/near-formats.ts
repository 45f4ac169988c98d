/** What is not read and could be had in a form that is: how a line of it looks, and what to do. */
const NEAR: readonly { readonly looks: RegExp; readonly instead: string }[] = [
  {
    looks: /^\s*(\{|\[|\[\{)\s*$/,
    instead: 'JSON that is spread over several lines is not read: put each flow on a line of its own (jq -c)',
  },
  {
    looks: /->.*\b(FORWARDED|DROPPED|AUDITED|REDIRECTED|TRACED|TRANSLATED)\b/,
    instead: 'the text of Hubble leaves out most of what is known: write hubble observe -o jsonpb',
  },
  {
    looks: /^I\d{4} .*"Evaluating packet"/,
    instead: 'the text of kube-network-policies is not read, and has payloads in it: run it with --logging-format=json',
  },
  {
    looks: /^\s*\[/,
    instead: 'a list in JSON is not read: put each flow on a line of its own (jq -c ".[]")',
  },
];

/** Why a line is of no format. */
export function whyUnrecognised(line: string): string {
  return NEAR.find(({ looks }) => looks.test(line.slice(0, FOR_LOOKS)))?.instead ?? 'its format is not recognised';
}

/** Characters that show what a line is. */
const FOR_LOOKS = 2000;
