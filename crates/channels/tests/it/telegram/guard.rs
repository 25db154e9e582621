//! Who may post.

use super::secrets;
use aside_channels::telegram::{GuardError, verify};

#[test]
fn only_whoever_knows_the_secret_is_let_in() {
    let mut secrets = secrets();
    let right = secrets.secret_token.clone();
    assert_eq!(verify(&secrets, Some(&right)), Ok(()));
    assert_eq!(verify(&secrets, None), Err(GuardError::Missing));
    for wrong in ["", "a", &right[1..], &right.to_uppercase(), &format!("{right} "), &"a".repeat(100_000)] {
        assert_eq!(verify(&secrets, Some(wrong)), Err(GuardError::Wrong), "{wrong:.40}");
    }
    for open in ["", "short"] {
        secrets.secret_token = open.to_owned();
        assert_eq!(verify(&secrets, Some(open)), Err(GuardError::Wrong), "an open door is none");
    }
}
