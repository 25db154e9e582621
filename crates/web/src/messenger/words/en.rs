//! English.

use super::Words;
use aside_model::Language;

pub(super) const WORDS: Words = Words {
    tag: "en",
    language: Language::English,

    landing_title: "Go on privately with {brand}",
    landing_text: "You are leaving the social network. What you write from here on goes to the brand alone. Your conversation comes along, nothing has to be repeated.",
    landing_button: "Continue",
    landing_once: "This link works once, on one device. Only you should have it: never pass it on.",
    link_used: (
        "This link was used already",
        "It works once. If that was you, go on in the browser that you used then. If it was not, tell the brand where you wrote to them.",
    ),
    link_expired: (
        "This link is too old",
        "Links work for a limited time, so that nobody else can use them later.",
    ),
    link_unknown: (
        "This link does not work",
        "Part of it may be missing. Copy it whole from the message, or ask for a new one.",
    ),

    door: ("Your private conversation", "On this device no conversation is open. There are two ways in:"),
    door_link_title: "Ask for a link",
    door_link_text: "Write to the brand where you wrote before, for instance as a direct message. You get a new link there, for you alone.",
    door_code_title: "Or type the code",
    door_code_label: "Code from the message",
    door_code_button: "Open",
    door_code_wrong: "This code does not work. It may be mistyped, used or too old. Ask for a new one where you wrote before.",

    writing_to: "You are writing to {brand}",
    kept_title: "What is kept",
    kept: [
        "What you write is stored encrypted. The brand's staff reads it to help you.",
        "Sensitive details, such as a card number, are masked. Someone may open one for a stated purpose only, and each opening is recorded.",
        "Passwords and card security codes are destroyed before anything is stored. Nobody here needs them.",
        "Everything can be erased when you ask for it.",
    ],
    phone: "As a last resort you can call: {phone}",
    leave: "Sign out on this device",
    assurances: [
        "not confirmed",
        "opened with your own link",
        "e-mail address confirmed",
        "signed in",
        "signed in",
    ],

    talk_label: "Conversation",
    nothing_said: "Nothing has been said yet. Write below.",
    new_message: "New message",
    you: "You",
    rungs: ["in public", "direct message", "here, in private", "by telephone"],
    held: "held back, nobody can read it",
    removed: "destroyed, not stored",
    unchecked: "This message could not be checked. It is sealed and nobody sees it.",
    taken_back: "Taken back.",
    attachment: "An attachment came with it. Nobody has looked into it.",
    edited: "edited",
    queued: "on its way",
    failed: "not sent",

    hold_title: "Held back: perhaps a {what}",
    hold_text: "Nobody can read it. If it was harmless, only you can release it.",
    hold_until: "Otherwise it is destroyed on",
    hold_release: "That was my order number – send it",
    hold_discard: "Delete it now",

    miss_title: "Something personal still shows?",
    miss_text: "Copy it here. It is covered or destroyed in every message that is stored here.",
    miss_label: "What still shows",
    miss_type: "What it is",
    miss_choose: "Choose…",
    miss_button: "Cover it everywhere",
    miss_not_marked: "Nothing was covered: that text stands in no message here. Copy 3 to 400 characters from the message. It may be covered already.",

    identify_title: "Confirm that it is you",
    identify_text: "If the brand already knows your e-mail address, a code goes there. The address itself is not stored here.",
    email_label: "E-mail address",
    ask_code: "Send me a code",
    ask_again: "Send another code",
    code_sent: "If the brand knows the address, a code is on its way. It works once, for ten minutes.",
    code_label: "Code from the e-mail",
    code_button: "Confirm",
    code_wrong: "This code does not work. It may be mistyped, used or too old.",

    write_label: "Write a message",
    send: "Send",
    empty: "There is no text yet.",
    too_long: "Not sent: a message may have {most} characters. Send it in parts.",
    not_sent_offline: "Not sent: there is no connection. Your text is still here; try again.",
    draft_found: "This looks like something private. Leave it out if you can; it is checked again when you send it.",
    draft_masked: (
        "Will be masked:",
        "this looks like a {what}. The staff sees it covered, and opens it only if they must.",
    ),
    draft_destroyed: (
        "Never needed:",
        "this looks like a {what}. It will be destroyed on arrival. Please leave it out.",
    ),

    did_released: "Sent. Staff can see it now.",
    did_discarded: "Deleted. Nobody can bring it back.",
    did_marked: "Covered in every message that is stored here.",
    did_code_sent: "If the brand knows the address, a code is on its way.",
    did_checked: "Thank you. You are confirmed.",

    privacy_title: "Your data here",
    rights_title: "Your rights",
    rights_text: "You may see what is kept about you, correct it, and have it erased. Ask in your conversation; it costs nothing, and you get help all the same.",
    to_talk: "To the conversation",

    back: "Back to the conversation",
    stale: ("This page is out of date", "Nothing was done. Go back, load the page again and repeat it."),
    not_found: ("Not found", "There is nothing here. It may have been erased."),
    too_large: ("Too long", "More was sent than is taken at once. Nothing was kept. Send it in parts."),
    too_many: ("Too many attempts", "Wait a few minutes, then try again."),
    busy: ("One moment", "Too much is going on at once. Nothing was lost or done; try again in a moment."),
    unavailable: (
        "Out of reach for a moment",
        "Your conversation is safe, but cannot be shown or continued right now. Please come back in a few minutes, and look whether your last message is there before you send it again.",
    ),
    broke: ("Something broke", "The fault is ours, not yours. Nothing was half done; please try again."),
    not_understood: ("That did not work", "Go back and use the page's own buttons."),
    signed_out: (
        "Signed out",
        "Your conversation is no longer open on this device. What you sent was not taken. Ask for a new link where you wrote before.",
    ),

    data_types: &[],
    some_data: "personal detail",
};
