// A customer on the simulated network, moved through the simulator's control door.

import assert from 'node:assert/strict';

/** A person with an account on the simulated network. */
export class Customer {
  #sim;
  #id;

  /**
   * @param {string} sim the simulator's address
   * @param {string} id
   * @param {string} name
   */
  constructor(sim, id, name) {
    this.#sim = sim;
    this.#id = id;
    this.name = name;
  }

  /**
   * @param {string} sim the simulator's address
   * @param {string} name
   * @param {string} [language] as a BCP 47 tag
   */
  static async join(sim, name, language = 'en') {
    const { id } = await post(`${sim}/customers`, { name, language });
    return new Customer(sim, id, name);
  }

  /**
   * Writes to the brand in private.
   * @param {string} text
   */
  async writes(text) {
    await post(`${this.#sim}/customers/${this.#id}/dm`, { text });
  }

  /**
   * Writes below one of the brand's posts, for everyone to read.
   * @param {string} text
   */
  async comments(text) {
    await post(`${this.#sim}/customers/${this.#id}/comment`, { text });
  }

  /**
   * What the brand sent them, oldest first.
   * @returns {Promise<{ text: string }[]>}
   */
  async inbox() {
    const response = await fetch(`${this.#sim}/customers/${this.#id}/inbox`);
    assert.equal(response.status, 200, `the customer's inbox answers ${response.status}`);
    return response.json();
  }

  /**
   * The newest message that matches, as soon as it is there.
   * @param {RegExp} pattern
   * @returns {Promise<RegExpExecArray>}
   */
  async receives(pattern) {
    const patience = Date.now() + 10_000;
    for (;;) {
      const messages = await this.inbox();
      const found = messages.map(({ text }) => pattern.exec(text)).findLast((match) => match !== null);
      if (found) return found;
      if (Date.now() > patience) {
        assert.fail(`no message like ${pattern} within 10 s; there are: ${JSON.stringify(messages)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** The newest link to the secure channel that they were sent. */
  async receivesLink() {
    const [link] = await this.receives(/https?:\/\/\S+\/c\/[^\s.,)]+/);
    return link;
  }
}

/**
 * @param {string} url
 * @param {object} body
 */
async function post(url, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await response.text();
  assert.ok(response.ok, `POST ${url} answers ${response.status}: ${answer}`);
  return answer === '' ? {} : JSON.parse(answer);
}
