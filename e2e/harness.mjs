// The stage for a file of browser tests: one program and one Chromium for the file, and for every scene
// people with browsers of their own. A scene fails if any page complained, whatever else it saw.

import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { launch, visit } from './harness/browser.mjs';
import { Console } from './harness/console.mjs';
import { Customer } from './harness/customer.mjs';
import { Messenger } from './harness/messenger.mjs';
import { Program } from './harness/program.mjs';

/**
 * @typedef {import('playwright-core').BrowserContextOptions} Options
 * @typedef {import('./harness/program.mjs').Person} Person
 */

/** Those who act in one scene. */
export class Cast {
  #program;
  #browser;
  #sessions;
  /**
   * Everyone's browsers.
   * @type {import('./harness/browser.mjs').Visit[]}
   */
  visits = [];

  /**
   * @param {Program} program
   * @param {import('playwright-core').Browser} browser
   * @param {Map<string, Promise<import('playwright-core').BrowserContextOptions['storageState']>>} sessions
   */
  constructor(program, browser, sessions) {
    this.#program = program;
    this.#browser = browser;
    this.#sessions = sessions;
  }

  /** What the demo said of itself. */
  get demo() {
    return this.#program.demo;
  }

  /**
   * Somebody with a browser that has seen nothing yet.
   * @param {Options} [options] such as `PHONE`, or `javaScriptEnabled: false`
   */
  async stranger(options) {
    const stranger = await visit(this.#browser, [new URL(this.demo.url).origin], options);
    this.visits.push(stranger);
    return stranger;
  }

  /**
   * The agent at the console, signed in.
   * @param {Options} [options]
   */
  async agent(options) {
    return this.#signedIn(this.demo, options);
  }

  /**
   * The privacy officer at the console, signed in.
   * @param {Options} [options]
   */
  async privacyOfficer(options) {
    return this.#signedIn(this.demo.privacy_officer, options);
  }

  /**
   * A new customer on the simulated network.
   * @param {string} name
   * @param {string} [language]
   */
  async customer(name, language) {
    return Customer.join(this.demo.sim, name, language);
  }

  /**
   * A new customer who has asked something harmless in private, with the conversation open before the agent.
   * @param {Console} desk
   * @param {string} words something that no other scene of the file says
   */
  async conversation(desk, words) {
    const customer = await this.customer('Maria Muster');
    await customer.writes(words);
    await desk.openConversation(words);
    return customer;
  }

  /**
   * The messenger as a customer has it in front of them, not yet opened.
   * @param {Options} [options]
   */
  async messenger(options) {
    const stranger = await this.stranger(options);
    return new Messenger(await stranger.page(), stranger.watch);
  }

  /**
   * A code of the authenticator app works once, so each person signs in once for the whole file.
   * @param {Person} person
   * @param {Options} [options]
   */
  async #signedIn(person, options) {
    let session = this.#sessions.get(person.login);
    if (!session) {
      session = this.#signIn(person);
      this.#sessions.set(person.login, session);
    }
    const own = await this.stranger({ ...options, storageState: await session });
    return this.#desk(own, options);
  }

  /** @param {Person} person */
  async #signIn(person) {
    const own = await this.stranger();
    await (await this.#desk(own)).signIn(person);
    return own.context.storageState();
  }

  /**
   * @param {import('./harness/browser.mjs').Visit} own
   * @param {Options} [options]
   */
  async #desk(own, options) {
    return new Console(await own.page(), own.watch, this.demo.url, options?.javaScriptEnabled ?? true);
  }
}

/**
 * Sets the stage for this file.
 * @returns {{ scene: (name: string, act: (cast: Cast) => Promise<void>) => void }}
 */
export function stage() {
  /** @type {Program} */
  let program;
  /** @type {import('playwright-core').Browser} */
  let browser;
  const sessions = new Map();

  before(async () => {
    program = await Program.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await program?.stop();
  });

  const scene = (/** @type {string} */ name, /** @type {(cast: Cast) => Promise<void>} */ act) => {
    test(name, async () => {
      const cast = new Cast(program, browser, sessions);
      try {
        await act(cast);
        for (const { watch } of cast.visits) watch.assertQuiet();
      } catch (error) {
        await keep(cast, name);
        throw error;
      } finally {
        await Promise.all(cast.visits.map(({ context }) => context.close()));
      }
    });
  };
  return { scene };
}

/**
 * Keeps a picture of every open page in `e2e/results`, to see why a scene failed.
 * @param {Cast} cast
 * @param {string} name
 */
async function keep(cast, name) {
  const folder = fileURLToPath(new URL('./results/', import.meta.url));
  await mkdir(folder, { recursive: true });
  const pages = cast.visits.flatMap(({ context }) => context.pages());
  for (const [number, page] of pages.entries()) {
    const path = `${folder}${name.replaceAll(/[^a-z0-9]+/gi, '-')}-${number + 1}.png`;
    // A page that hangs cannot be pictured; the scene's own error matters more.
    await page.screenshot({ path, timeout: 3_000 }).catch(() => {});
  }
}
