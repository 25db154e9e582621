// The package that others install: packed, installed without a network, and used.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

test("the packed package installs without a network and runs", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "aside-detect-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const run = (program, ...words) =>
    execFileSync(program, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

  const [packed] = JSON.parse(run("npm", "pack", PACKAGE, "--json", "--offline"));
  const names = packed.files.map(({ path }) => path).sort();
  assert.deepEqual(names, ["README.md", "aside_detect.wasm", "index.d.ts", "index.mjs", "package.json"]);

  await writeFile(join(folder, "package.json"), '{"private": true, "type": "module"}');
  run("npm", "install", "--offline", "--no-audit", "--no-fund", join(folder, packed.filename));
  assert.deepEqual((await readdir(join(folder, "node_modules"))).filter((name) => !name.startsWith(".")), ["aside-detect"]);
  const program = `
    import { load } from "aside-detect";
    const [finding] = (await load()).detect("write to anna@example.com");
    console.log(finding.kind, finding.start, finding.end);
  `;
  assert.equal(run("node", "--input-type=module", "--eval", program), "email 9 25\n");
});
