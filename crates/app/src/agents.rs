//! Local agents: password and one-time code, sessions, attempts. Single sign-on comes later.

use crate::{App, AppError, Result, record::Entry, views::AgentView};
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use aside_access::Action;
use aside_model::{
    AgentId, BrandId, Command, Effect, Guard, Outcome, Raw, Role, Secret, SessionId, Time,
    rows::{AgentRow, SessionOf, SessionRow},
};
use std::{net::IpAddr, time::Duration};

/// The window of the limits on trying to sign in.
const TRIES_WINDOW: Duration = Duration::from_mins(15);
/// How often one address may try in a window, whichever logins it tries.
const TRIES_PER_ADDRESS: u32 = 50;
/// How often one address may try one login in a window.
const TRIES_PER_LOGIN_AND_ADDRESS: u32 = 10;
/// How often one login may be tried in a window from all addresses together. Ten addresses have to guess
/// before its agent is kept out; the agent alone never is, since a one-time code of 30 seconds works once.
const TRIES_PER_LOGIN: u32 = 100;

/// Somebody who answers for the brand, signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Acting {
    /// The brand.
    pub brand: BrandId,
    /// Who.
    pub agent: AgentId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their session.
    pub session: SessionId,
}

/// What signing in gives.
pub struct SignedIn {
    /// Goes into the session's cookie or header, and nowhere else.
    pub secret: Secret,
    /// Who signed in.
    pub acting: Acting,
}

/// Signing in did not work. Which of login, password and code was wrong is not told.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Login, password or code is wrong, or the agent is disabled.
    #[error("login, password or code is wrong")]
    Wrong,
    /// Too many tries.
    #[error("too many tries; wait a quarter of an hour")]
    TooMany,
    /// Something broke on our side.
    #[error(transparent)]
    Failed(#[from] AppError),
}

impl From<aside_store::StoreError> for SignInError {
    fn from(error: aside_store::StoreError) -> Self {
        SignInError::Failed(error.into())
    }
}

/// Argon2id with 64 MiB, three passes, one lane, as OWASP and RFC 9106 recommend for interactive use.
fn argon2() -> Argon2<'static> {
    let parameters = argon2::Params::new(64 * 1024, 3, 1, None).expect("these parameters are in range");
    Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, parameters)
}

/// The hash of a password in PHC form.
pub(crate) fn hash_password(password: &Raw, salt: [u8; 16]) -> Result<String> {
    let hash = argon2()
        .hash_password_with_salt(password.expose().as_bytes(), &salt)
        .map_err(|e| AppError::Failed(format!("hashing a password: {e}")))?;
    Ok(hash.to_string())
}

fn password_matches(password: &Raw, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| argon2().verify_password(password.expose().as_bytes(), &hash).is_ok())
}

/// The step within one of now whose code this is (RFC 6238 with SHA-1, six digits, 30 seconds: what every
/// authenticator app does).
fn totp_step(secret: &[u8], code: &str, now: Time) -> Option<u64> {
    let code: String = code.chars().filter(char::is_ascii_digit).take(7).collect();
    let totp = totp_rs::Builder::new().with_secret(secret).with_skew(1).build().ok()?;
    totp.check(&code, u64::try_from(now.0.div_euclid(1_000_000)).ok()?)
}

impl App {
    /// Signs an agent in. Takes the same time whether the login exists or not.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &Raw,
        code: &str,
        from: IpAddr,
    ) -> Result<SignedIn, SignInError> {
        let login = login.trim().to_lowercase();
        let row = self.store.agent_anywhere(&login).await?;
        self.take_attempt(&login, row.as_ref(), from).await?;
        let password_ok = self.check_password(row.as_ref(), password).await?;
        let Some(row) = row.filter(|r| password_ok && r.enabled) else { return Err(SignInError::Wrong) };
        let secret = self.totp_secret(&row)?.ok_or(SignInError::Wrong)?;
        let now = self.clock.now();
        let step = totp_step(&secret, code, now).ok_or(SignInError::Wrong)?;

        let fresh = Secret::generate(&*self.random);
        let session = SessionId::new(&*self.clock, &*self.random);
        let entry = Entry::of("signed_in").fact("agent", row.agent.to_string());
        let command = Command::new(row.brand)
            .guard(Guard::Once(format!("totp/{}/{step}", row.agent).into_bytes()))
            .effect(Effect::AddSession(SessionRow {
                brand: row.brand,
                session,
                digest: fresh.digest(),
                of: SessionOf::Agent(row.agent),
                created_at: now,
                seen_at: now,
                expires_at: now.plus(self.settings.agent_session_life.0),
            }))
            .effect(Effect::AddEntry(self.entry(row.brand, now, entry)?));
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(SignedIn {
                secret: fresh,
                acting: Acting {
                    brand: row.brand,
                    agent: row.agent,
                    name: row.name,
                    role: row.role,
                    session,
                },
            }),
            Outcome::Refused(_) => Err(SignInError::Wrong),
        }
    }

    /// Whoever holds this session secret.
    pub async fn acting(&self, secret: &str) -> Result<Option<Acting>> {
        let Some(secret) = Secret::decode(secret) else { return Ok(None) };
        let Some(row) = self.store.session_anywhere(secret.digest()).await? else { return Ok(None) };
        let SessionOf::Agent(agent) = row.of else { return Ok(None) };
        let now = self.clock.now();
        if row.expires_at <= now || now.since(row.seen_at) > self.settings.agent_session_life.1 {
            return Ok(None);
        }
        let Some(agent) = self.store.agent(row.brand, agent).await?.filter(|a| a.enabled) else {
            return Ok(None);
        };
        if now.since(row.seen_at) > Duration::from_mins(1) {
            self.store.apply(Command::new(row.brand).effect(Effect::SessionSeen(row.session, now))).await?;
        }
        Ok(Some(Acting {
            brand: row.brand,
            agent: agent.agent,
            name: agent.name,
            role: agent.role,
            session: row.session,
        }))
    }

    /// Ends an agent's session.
    pub async fn sign_out(&self, acting: &Acting) -> Result<()> {
        self.store.apply(Command::new(acting.brand).effect(Effect::EndSession(acting.session))).await?;
        Ok(())
    }

    /// The agents, for those who manage them.
    pub async fn agent_views(&self, acting: &Acting) -> Result<Vec<AgentView>> {
        self.permit(acting, Action::ManageAgents)?;
        let rows = self.store.agents(acting.brand).await?;
        Ok(rows
            .into_iter()
            .map(|a| AgentView { login: a.login, name: a.name, role: a.role, enabled: a.enabled })
            .collect())
    }

    /// Counts a try before anything is compared, so that a right guess past a limit is refused like a wrong
    /// one. A try that one limit refuses counts in none: who guesses from one address uses up ten of the
    /// hundred tries that a login has, and keeps its agent out there alone.
    async fn take_attempt(
        &self,
        login: &str,
        row: Option<&AgentRow>,
        from: IpAddr,
    ) -> Result<(), SignInError> {
        let brand = match row {
            Some(row) => row.brand,
            None => match self.store.brands().await?.first() {
                Some(brand) => brand.brand,
                None => return Err(SignInError::Wrong),
            },
        };
        let now = self.clock.now();
        let take = |what, who: &str, limit| -> Result<Guard> {
            let counter = self.attempts_at(brand, what, who)?;
            Ok(Guard::Take { counter, window: TRIES_WINDOW, limit, now })
        };
        let command = Command::new(brand)
            .guard(take("sign-in", &from.to_string(), TRIES_PER_ADDRESS)?)
            .guard(take("login-from", &format!("{from}|{login}"), TRIES_PER_LOGIN_AND_ADDRESS)?)
            .guard(take("login", login, TRIES_PER_LOGIN)?);
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(()),
            Outcome::Refused(_) => Err(SignInError::TooMany),
        }
    }

    /// Whether the password is the agent's. A login that does not exist costs the same work.
    async fn check_password(&self, row: Option<&AgentRow>, password: &Raw) -> Result<bool, SignInError> {
        let permit = self.hashing.acquire().await.map_err(|e| AppError::Failed(e.to_string()))?;
        let hash = row.map(|r| r.password_hash.clone());
        let password = Raw::new(password.expose().to_owned());
        let task = tokio::task::spawn_blocking(move || {
            if let Some(hash) = hash {
                return password_matches(&password, &hash);
            }
            // Nobody has this login: the same hash is computed and thrown away, so that time tells nothing.
            std::hint::black_box(hash_password(&password, [0; 16]).is_ok());
            false
        });
        let matches = task.await.map_err(|e| AppError::Failed(e.to_string()))?;
        drop(permit);
        Ok(matches)
    }

    /// An agent's second factor, opened.
    pub(crate) fn totp_secret(&self, row: &AgentRow) -> Result<Option<Vec<u8>>> {
        let Some(sealed) = &row.totp_sealed else { return Ok(None) };
        let keys = self.keys.brand(row.brand).map_err(|e| AppError::Failed(e.to_string()))?;
        Ok(Some(keys.own().open(row.agent.bytes(), "totp", sealed)?.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the SHA-1 rows, last six digits.
    #[test]
    fn one_time_codes_are_those_of_rfc_6238() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(totp_step(secret, code, Time::from_secs(seconds as i64)), Some(seconds / 30));
        }
        assert_eq!(totp_step(secret, "287082", Time::from_secs(59 + 90)), None);
        assert_eq!(totp_step(secret, "", Time::from_secs(59)), None);
    }
}
