// Finds personal data in text, in browsers and in Node. What is looked at stays in the module's memory.

/** @typedef {import("./index.d.ts").Finding} Finding */
/** @typedef {import("./index.d.ts").Settings} Settings */
/** @typedef {{memory: WebAssembly.Memory, input(length: number): number, output(): number, configure(): number, detect(): number}} Exports */

const ADDRESS = new URL("./aside_detect.wasm", import.meta.url);

/**
 * Loads the module and makes a detector.
 * @param {Settings} [settings]
 * @param {BufferSource | WebAssembly.Module} [module] where it does not lie beside this file
 * @returns {Promise<Detector>}
 */
export async function load(settings = {}, module) {
  const detector = new Detector(await instance(module));
  detector.configure(settings);
  return detector;
}

/**
 * @param {BufferSource | WebAssembly.Module | undefined} module
 * @returns {Promise<WebAssembly.Instance>}
 */
async function instance(module) {
  if (module instanceof WebAssembly.Module) return WebAssembly.instantiate(module);
  if (module) return (await WebAssembly.instantiate(module)).instance;
  if (ADDRESS.protocol !== "file:") return (await WebAssembly.instantiateStreaming(fetch(ADDRESS))).instance;
  const files = "node:fs/promises"; // by a name that bundlers for browsers leave alone
  const { readFile } = await import(files);
  return (await WebAssembly.instantiate(await readFile(ADDRESS))).instance;
}

/** One detector with its own memory; calls are synchronous. */
export class Detector {
  #module;

  /** @param {WebAssembly.Instance} instance of the module; `load` makes one */
  constructor(instance) {
    this.#module = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
  }

  /**
   * Settings instead of those before; on an error those before stay.
   * @param {Settings} [settings]
   */
  configure(settings = {}) {
    const { regions, types } = settings ?? {};
    this.#ask("configure", { regions: strings("regions", regions), types: strings("types", types) });
  }

  /**
   * The personal data in a text, sorted by start, without overlaps; places count UTF-16 units.
   * @param {string} text
   * @param {{question?: string | null}} [context] what was asked just before
   * @returns {Finding[]}
   */
  detect(text, context = {}) {
    if (typeof text !== "string") throw new TypeError("detect takes a string");
    // A lone surrogate is no character: in its place stands one of the same length.
    const asked = { text: whole(text), question: context.question == null ? null : whole(String(context.question)) };
    return this.#ask("detect", asked).findings;
  }

  /**
   * @param {"configure" | "detect"} what
   * @param {object} asked
   */
  #ask(what, asked) {
    const { memory, input, output } = this.#module;
    const bytes = new TextEncoder().encode(JSON.stringify(asked));
    const place = input(bytes.length); // before the view: it may move the memory
    new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
    const length = this.#module[what]();
    const answer = JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, output(), length)));
    if (answer.error !== undefined) throw new RangeError(answer.error);
    return answer;
  }
}

/**
 * @param {string} name
 * @param {unknown} list
 */
function strings(name, list) {
  if (list == null) return [];
  if (Array.isArray(list) && list.every((item) => typeof item === "string")) return list;
  throw new RangeError(`${name} is a list of strings`);
}

/** @param {string} text */
const whole = (text) => text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
