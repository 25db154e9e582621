// The page's example does what its comments say.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("the example of the page runs and prints what stands beside it", async () => {
  const page = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [, example] = /```js\n(.*?)```/s.exec(page) ?? assert.fail("the page has no example");
  // An expression with its value behind it is printed as JSON, as the value is written.
  const program = example.replace(/^(\S.*?);( \/\/ ".*")$/gm, "console.log(JSON.stringify($1));$2");
  const wanted = [...example.matchAll(/; \/\/ (.*)$/gm)].map(([, value]) => value);
  assert.ok(wanted.length >= 2);
  const node = ["--input-type=module", "--eval", program];
  // The package's own folder knows it by its name.
  const said = execFileSync("node", node, { cwd: fileURLToPath(new URL("..", import.meta.url)), encoding: "utf8" });
  assert.deepEqual(said.trimEnd().split("\n"), wanted);
});
