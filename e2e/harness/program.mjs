// The real program, started as anyone would start it: `aside demo` on a free port with a new data folder.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** How long a start may take in an unoptimised build on a busy machine, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Who can sign in, and with what.
 * @typedef {{ login: string, password: string, totp_secret: string }} Person
 */

/**
 * What the demo says of itself on its first line.
 * @typedef {Person & { url: string, customer_link: string, sim: string, privacy_officer: Person }} Demo
 */

/** A running program. */
export class Program {
  /** @type {import('node:child_process').ChildProcess} */
  #process;
  #folder;

  /**
   * @param {import('node:child_process').ChildProcess} process
   * @param {string} folder
   * @param {Demo} demo
   */
  constructor(process, folder, demo) {
    this.#process = process;
    this.#folder = folder;
    this.demo = demo;
  }

  /**
   * Starts it and waits until it serves.
   * @param {string} [program] its path
   */
  static async start(program = process.env.ASIDE_PROGRAM ?? built()) {
    const folder = await mkdtemp(join(tmpdir(), 'aside-e2e-'));
    const options = ['demo', '--listen', '127.0.0.1:0', '--data', folder, '--traffic', '0', '--json'];
    const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (piece) => (errors = (errors + piece).slice(-4000)));
    try {
      const demo = await firstLine(child);
      return new Program(child, folder, demo);
    } catch (error) {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
      throw new Error(`${program} ${options.join(' ')}: ${error}\n${errors}`);
    }
  }

  /** Ends it as a service manager would; one that does not end is an error. */
  async stop() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      const inTime = await Promise.race([ended, after(10_000)]);
      if (!inTime) this.#process.kill('SIGKILL');
      await rm(this.#folder, { recursive: true, force: true });
      if (!inTime) throw new Error('the program did not end within 10 s of SIGTERM');
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @returns {Promise<Demo>}
 */
async function firstLine(child) {
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    once(child, 'error').then(([error]) => Promise.reject(error)),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`ended with status ${code}`))),
    after(PATIENCE),
  ]);
  if (line === undefined) throw new Error(`said nothing for ${PATIENCE / 1000} s`);
  // Keep reading, so that later lines do not fill the pipe.
  lines.on('line', () => {});
  return JSON.parse(line);
}

/**
 * Nothing, after a while; does not keep the process alive.
 * @param {number} milliseconds
 * @returns {Promise<undefined>}
 */
function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, undefined).unref());
}

function built() {
  return fileURLToPath(new URL('../../target/debug/aside', import.meta.url));
}
