// Checked by tsc and never run: what a program in TypeScript may say, and what it may not.

import * as declared from "aside-detect";
import { Detector, load, type Certainty, type Class, type Finding, type Settings } from "aside-detect";
import * as written from "../index.mjs";

/** What is declared is what is written. */
export const same: typeof declared = written;

export async function use(bytes: Uint8Array<ArrayBuffer>, compiled: WebAssembly.Module): Promise<string[]> {
  const settings: Settings = { regions: ["DE"], types: ["fin.pan"] };
  const detector: Detector = await load(settings, bytes);
  await load({}, compiled);
  await load();
  new Detector(new WebAssembly.Instance(compiled)).configure();
  detector.configure({ regions: [] });
  const found: Finding[] = detector.detect("12/04/85", { question: null });
  const [first] = found;
  if (!first) return [];
  const certainty: Certainty = first.certainty;
  const dataClass: Class = first.class;
  const numbers: number[] = [first.start, first.end, first.score];
  return [certainty, dataClass, first.type, first.kind, first.label, ...first.evidence, ...numbers.map(String)];
}

export async function misuse(): Promise<void> {
  const detector = await load();
  // @ts-expect-error A text is a string.
  detector.detect(7);
  // @ts-expect-error What is asked for is known by its name.
  detector.detect("text", { questoin: "?" });
  // @ts-expect-error Regions come as a list.
  detector.configure({ regions: "DE" });
  // @ts-expect-error There are three certainties.
  const certainty: Certainty = "sure";
  // @ts-expect-error Findings have no text.
  detector.detect("text")[0]?.text;
  void certainty;
}
