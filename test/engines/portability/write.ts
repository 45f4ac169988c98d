import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTable } from './document';

const file = join(__dirname, '../../../docs/engines.md');
writeFileSync(file, withTable(readFileSync(file, 'utf8')));
