#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { main } from './main';
import { processIo } from './process-io';

// A command is over in seconds. Node 20 spends up to half of their CPU on compiling functions anew that are hardly called
// again, so that it is told to wait eight times as long; from Node 22 on it does by itself, and knows no such flag.
if (/^11\./.test(process.versions.v8)) setFlagsFromString('--interrupt-budget=540672');

main(process.argv.slice(2), processIo(process)).then((code) => {
  // A write that failed has decided already. What is on its way out still goes.
  process.exitCode ??= code;
});
