/** How sure a finding is. */
export type Certainty = "guessed" | "likely" | "certain";

/** How sensitive a type of data is, from mild to strict. */
export type Class = "public" | "basic" | "confidential" | "sensitive" | "prohibited";

/** One piece of personal data. */
export interface Finding {
  /** The type of data, for instance `fin.pan`. */
  type: string;
  class: Class;
  /** The kind within the type, for instance `iban`. */
  kind: string;
  /** A short English name of the type, for people. */
  label: string;
  /** Where the value begins, in UTF-16 units: `text.slice(start, end)` is the value. */
  start: number;
  end: number;
  /** Between 0 and 1, comparable within one kind only. */
  score: number;
  certainty: Certainty;
  /** Why it was found, most telling first. Never text of the message. */
  evidence: string[];
}

export interface Settings {
  /** ISO 3166 codes of the countries whose national notations are expected without a word for them. */
  regions?: string[];
  /** Ids of the types to report; all of them where the list is empty or left out. */
  types?: string[];
}

/** Loads the module, from beside this file unless it is given, and makes a detector. */
export function load(settings?: Settings, module?: BufferSource | WebAssembly.Module): Promise<Detector>;

/** One detector with its own memory; calls are synchronous. */
export class Detector {
  /** Of an instance of the module; `load` makes one. */
  constructor(instance: WebAssembly.Instance);
  /** Settings instead of those before. Throws a `RangeError` that says which is wrong; then those before stay. */
  configure(settings?: Settings): void;
  /** The personal data in a text, sorted by start, without overlaps. Throws a `TypeError` for what is no string. */
  detect(text: string, context?: { question?: string | null }): Finding[];
}
