// The codes of RFC 6238, appendix B, shortened to six digits.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { totp } from '../harness/totp.mjs';

test('codes are those of the standard', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  assert.equal(totp(secret, 59_000), '287082');
  assert.equal(totp(secret, 1_111_111_109_000), '081804');
  assert.equal(totp(secret, 20_000_000_000_000), '353130');
});
