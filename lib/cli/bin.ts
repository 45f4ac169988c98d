#!/usr/bin/env node
import { main } from './main';
import { processIo } from './process-io';

main(process.argv.slice(2), processIo(process)).then((code) => {
  // A write that failed has decided already. What is on its way out still goes.
  process.exitCode ??= code;
});
