import { hasTemplate, isParsedTemplate, templateLine, withRendering } from '../../lib/analysis/files/templates';
import { NOTHING_AROUND } from '../../lib/analysis/files/tool-output';

describe('a template', () => {
  it.each([
    'name: {{ .Values.name }}',
    'name: {{.Values.name}}',
    'name: {{- .Values.name -}}',
    'name: {{-   .Values.name }}',
    'name: {{ $name }}',
    'name: {{ "x" }}',
    'name: {{ (printf "x") }}',
    'name: {{ include "x" . }}',
    '{{/* a comment */}}',
    'a: 1 # {{ .Values.b }}',
    '# a comment\nname: {{ .Values.name }}',
  ])('is known by its braces: %s', (text) => {
    expect(hasTemplate(text)).toBe(true);
  });

  it.each([
    'name: {a: {b: 1}}',
    '{{}}',
    '{{ }}',
    'a: [1 # not {{ a template',
    'x: {{ .Values.x }',
    '# {{ .Values.x }}',
    '  \t# {{ .Values.x }}',
    'a: 1\n  # {{ .Values.x }}\nb: 2',
  ])('is not: %s', (text) => {
    expect(hasTemplate(text)).toBe(false);
  });

  it('was one where a map is a key, at any depth, once it has its braces', () => {
    const text = 'name: {{ .Values.name }}';
    expect(isParsedTemplate(text, { name: { '[object Object]': null } })).toBe(true);
    expect(isParsedTemplate(text, { list: [1, 'x', null, { name: { '{ .Values.name }': null } }] })).toBe(true);
    expect(isParsedTemplate(text, { name: { 'a[object Object]': 1, '[object Object]s': 2, 'a{': 3 } })).toBe(false);
    expect(isParsedTemplate(text, 'name')).toBe(false);
    expect(isParsedTemplate('name: x', { name: { '[object Object]': null } })).toBe(false);
  });

  it('may lead round in circles', () => {
    const circle: Record<string, unknown> = { kind: 'List' };
    circle['items'] = [circle];
    expect(isParsedTemplate('{{ .Values.name }}', circle)).toBe(false);
  });

  it.each([
    ['name: {{ .Values.name }}', 1],
    ['a: 1\nname: {{ .Values.name }}\n', 2],
    ['a: 1\n\nlist:\n  - {{ .Values.name }}\n', 4],
    ['a: [{{ .Values.name }}]', 1],
    ['a: 1\n{{- if .Values.b }}\nb: 1\n{{- end }}\n', 2],
    ['# {{ .Values.a }}\na: 1\nb: {{ .Values.b }}\n', 3],
    ['a: 1\nb: "{{ .Values.b }}"\n', 1],
  ])('stands for a value where a value would stand: %j', (text, line) => {
    expect(templateLine(text)).toBe(line);
  });

  it('in quotes is a value of which the problem says how to read what it makes', () => {
    const problem = { rule: 'object-name', what: 'it is no name', value: '{{ .Values.name }}', fix: 'Change it.' };
    expect(withRendering(problem, NOTHING_AROUND).fix).toContain('helm template');
    expect(withRendering({ ...problem, value: 'x' }, NOTHING_AROUND).fix).toBe('Change it.');
    expect(withRendering({ rule: 'object-name', what: 'it is no name' }, NOTHING_AROUND)).toEqual({
      rule: 'object-name',
      what: 'it is no name',
    });
  });
});
