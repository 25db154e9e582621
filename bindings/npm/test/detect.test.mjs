// What people rely on, case by case.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Detector, load } from "../index.mjs";

const detector = await load();
/** Kind and value of what is found. */
const found = (text, context) =>
  detector.detect(text, context).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

test("a card number is found with its type, class and reasons", () => {
  const [card, ...rest] = detector.detect("charge 4111 1111 1111 1111 please");
  assert.deepEqual(rest, []);
  const { type, kind, label, start, end, certainty } = card;
  assert.deepEqual([type, card.class, kind, label], ["fin.pan", "sensitive", "card", "card number"]);
  assert.deepEqual([start, end, certainty], [7, 26, "certain"]);
  assert.ok(card.score > 0 && card.score <= 1);
  assert.ok(card.evidence.includes("luhn"));
});

test("several values in one text come in their order", () => {
  assert.deepEqual(found("mail anna@example.com, IBAN DE89 3704 0044 0532 0130 00"), [
    ["email", "anna@example.com"],
    ["iban", "DE89 3704 0044 0532 0130 00"],
  ]);
});

test("places count UTF-16 units, as JavaScript does", () => {
  for (const before of ["", "é", "日本語 ", "😀 ", "👩‍👩‍👧 family ", "\u202e"]) {
    const text = `${before} anna@example.com 😀`;
    assert.deepEqual(found(text), [["email", "anna@example.com"]], JSON.stringify(before));
  }
});

test("a lone surrogate moves nothing", () => {
  assert.deepEqual(found("\uD83D anna@example.com \uDE00"), [["email", "anna@example.com"]]);
});

test("a text without personal data has no findings", () => {
  for (const text of ["", " ", "\0", "My parcel has not come.", "It costs 1.249,00 € in size 42"]) {
    assert.deepEqual(found(text), [], text);
  }
});

test("a date after a question for it is a date of birth", () => {
  assert.deepEqual(found("12/04/85", { question: "What is your date of birth?" }), [["dob", "12/04/85"]]);
  assert.equal(found("12/04/85", { question: null }).some(([kind]) => kind === "dob"), false);
});

test("a region makes national numbers known", async () => {
  const german = await load({ regions: ["DE"] });
  assert.deepEqual(found("01711234567"), []);
  assert.equal(german.detect("01711234567")[0].kind, "phone");
});

test("only the types that were asked for are reported", async () => {
  const cards = await load({ types: ["fin.pan"] });
  const kinds = cards.detect("4111 1111 1111 1111, anna@example.com").map((finding) => finding.kind);
  assert.deepEqual(kinds, ["card"]);
});

test("wrong settings are refused in words, and those before stay", async () => {
  const mine = await load({ types: ["fin.pan"] });
  assert.throws(() => mine.configure({ regions: ["Atlantis"] }), { name: "RangeError", message: /Atlantis/ });
  assert.throws(() => mine.configure({ types: ["fin.gold"] }), { name: "RangeError", message: /fin\.gold/ });
  assert.throws(() => mine.configure({ regions: "DE" }), RangeError);
  assert.throws(() => mine.configure({ types: [7] }), RangeError);
  assert.deepEqual(mine.detect("anna@example.com"), []);
  await assert.rejects(load({ regions: [""] }), RangeError);
});

test("settings of a wrong type are refused by their name, and none are fine", async () => {
  for (const regions of ["DE", [7], {}]) {
    await assert.rejects(load({ regions }), { name: "RangeError", message: "regions is a list of strings" });
  }
  await assert.rejects(load({ types: "fin.pan" }), { message: "types is a list of strings" });
  assert.equal((await load(null)).detect("4111 1111 1111 1111").length, 1);
});

test("what is no string is refused", () => {
  for (const wrong of [undefined, null, 7, {}, ["4111"]]) assert.throws(() => detector.detect(wrong), TypeError);
});

test("hostile texts end soon and change nothing", () => {
  const texts = ["1 ", "a@", "card ", "4111 1111 ", "\u200d", "😀", "my password is ", "((("];
  for (const text of texts) {
    const long = text.repeat(64 * 1024 / text.length);
    const before = performance.now();
    const findings = detector.detect(long);
    assert.ok(performance.now() - before < 2000, JSON.stringify(text));
    for (const { start, end } of findings) assert.ok(start < end && end <= long.length);
  }
  assert.deepEqual(found("anna@example.com"), [["email", "anna@example.com"]]);
});

test("a text of several megabytes is read, and small ones after it", () => {
  const text = `${"nothing here. ".repeat(300_000)}anna@example.com`;
  assert.deepEqual(found(text), [["email", "anna@example.com"]]);
  assert.deepEqual(found("x"), []);
});

test("the module imports nothing and can be given", async () => {
  const module = await WebAssembly.compile(await readFile(new URL("../aside_detect.wasm", import.meta.url)));
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  assert.equal((await load({}, module)).detect("anna@example.com").length, 1);
  const instance = await WebAssembly.instantiate(module);
  assert.equal(new Detector(instance).detect("anna@example.com").length, 1, "without any settings");
});

test("no text of before lies in the module's memory", async () => {
  const module = await WebAssembly.compile(await readFile(new URL("../aside_detect.wasm", import.meta.url)));
  const instance = await WebAssembly.instantiate(module);
  const mine = new Detector(instance);
  mine.detect("nothing personal");
  assert.throws(() => mine.configure({ types: ["4111-no-type"] }));
  const answer = new TextDecoder("latin1").decode(instance.exports.memory.buffer);
  assert.equal(answer.includes('{"text":"nothing personal"'), false);
});
