// The harness starts and ends the program, and speaks with the simulator, as it says.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Customer } from '../harness/customer.mjs';
import { Program } from '../harness/program.mjs';

const STAND_IN = fileURLToPath(new URL('./stand-in.mjs', import.meta.url));

/** @type {Program} */
let program;
before(async () => (program = await Program.start(STAND_IN)));
after(async () => program.stop());

test('a program is started on a free port with a data folder of its own, which goes with it', async () => {
  const another = await Program.start(STAND_IN);
  const options = /** @type {{ options: string[] }} */ (/** @type {unknown} */ (another.demo)).options;
  const folder = options[options.indexOf('--data') + 1];
  assert.ok(options.includes('127.0.0.1:0'));
  assert.ok(folder && existsSync(folder));
  assert.equal((await fetch(`${another.demo.sim}/good`)).status, 200);
  await another.stop();
  assert.ok(!existsSync(folder));
  await assert.rejects(fetch(`${another.demo.sim}/good`));
});

test('a program that does not start is an error that says why', async () => {
  process.env.STAND_IN = 'broken';
  try {
    await assert.rejects(Program.start(STAND_IN), /ended with status 1[\s\S]*in use by another process/);
  } finally {
    delete process.env.STAND_IN;
  }
});

test('a customer writes and finds the link among what they were sent', async () => {
  const customer = await Customer.join(program.demo.sim, 'Maria');
  await customer.writes('Hello');
  assert.equal(await customer.receivesLink(), 'http://localhost/c/abc_DEF-1');
});
