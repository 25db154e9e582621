// Who may sit at the console.

import assert from 'node:assert/strict';

import { stage } from '../harness.mjs';

const { scene } = stage();

scene('a stranger is asked to sign in and sees nothing else', async (cast) => {
  const stranger = await cast.stranger();
  const page = await stranger.page();
  for (const path of ['/console', '/console/ledger', '/console/agents']) {
    await page.goto(cast.demo.url + path);
    await page.getByRole('heading', { name: 'Sign in to Aside' }).waitFor();
    assert.equal(await page.getByRole('navigation').count(), 0);
  }
  stranger.watch.expect(/status of 401/);
});

scene('a wrong password is refused without saying what was wrong', async (cast) => {
  const stranger = await cast.stranger();
  stranger.watch.expect(/status of 4\d\d/);
  const page = await stranger.page();
  const refusals = [];
  for (const login of [cast.demo.login, 'nobody']) {
    await page.goto(`${cast.demo.url}/console/sign-in`);
    await page.getByLabel('Login').fill(login);
    await page.getByLabel('Password').fill('not the password');
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Sign in' }).click();
    refusals.push(await page.getByRole('alert').innerText());
  }
  assert.equal(refusals[0], refusals[1], 'the answer tells whether a login exists');
});

scene('an agent signs in with password and code', async (cast) => {
  const desk = await cast.agent();
  await desk.open('/console');
  await desk.page.getByRole('heading', { name: 'Inbox' }).waitFor();
  const cookies = await desk.page.context().cookies();
  assert.ok(cookies.length > 0);
  assert.ok(cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite !== 'None'), JSON.stringify(cookies));
});

scene('signing out ends the session, in every tab', async (cast) => {
  const desk = await cast.privacyOfficer();
  await desk.open('/console');
  await desk.page.getByRole('button', { name: 'Sign out' }).click();
  await desk.page.getByRole('button', { name: 'Sign in' }).waitFor();
  const another = await desk.page.context().newPage();
  await another.goto(`${cast.demo.url}/console/ledger`);
  await another.getByRole('heading', { name: 'Sign in to Aside' }).waitFor();
  desk.watch.expect(/status of 401/);
});
