// The module finds what the native detector finds: `cargo xtask wasm` writes native.jsonl.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { load } from "../index.mjs";

const rows = async (name) => {
  const text = await readFile(new URL(name, import.meta.url), "utf8");
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
};

test("the module and the native detector agree on every case", async () => {
  const [detector, cases, native] = [await load(), await rows("cases.jsonl"), await rows("native.jsonl")];
  assert.deepEqual(cases.map(({ id }) => id), native.map(({ id }) => id), "run `cargo xtask wasm`");
  assert.ok(cases.length >= 50 && native.some(({ findings }) => findings.length === 0));
  for (const [index, { id, text }] of cases.entries()) {
    const here = detector.detect(text).map(({ class: _, label: __, ...finding }) => finding);
    // The native example widens its scores to 64 bits before it writes them.
    assert.deepEqual(here.map((finding) => ({ ...finding, score: Math.fround(finding.score) })), native[index].findings, id);
  }
});
