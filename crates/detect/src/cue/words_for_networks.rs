//! Cues for social handles.

use super::{Topic, Words};

pub(super) const WORDS: &[Words] = &[(
    Topic::Network,
    &[
        "instagram",
        "insta",
        "ig",
        "twitter",
        "telegram",
        "tiktok",
        "tik tok",
        "snapchat",
        "snap",
        "threads",
        "mastodon",
        "bluesky",
        "bsky",
        "discord",
        "handle",
        "twitter handle",
        "instagram handle",
        "insta handle",
        "instagram account",
        "instagram-account",
    ],
)];
