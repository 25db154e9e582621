//! What the console's pages look like, from hand-made views.

use super::{
    agents::Agents,
    channels::Channels,
    contacts::Contacts,
    conversation::{Composer, ConversationPage},
    desk::Desk,
    erase::{ErasePage, ErasedPage},
    inbox::Inbox,
    jobs::Jobs,
    ledger::{Ledger, Proof},
    reveal::{Answer, Revealed},
    sign_in::SignInPage,
    templates::NotSent,
};
use crate::samples;
use aside_app::views::{AgentView, ImportReport, InboxPage};
use aside_model::{Purpose, Role};
use askama::Template;

fn desk(section: &'static str, role: Role) -> Desk {
    Desk {
        name: "Ada".into(),
        role,
        csrf: "TOKEN".into(),
        section,
        address: String::new(),
        event: 41,
        said: None,
    }
}

/// The page between `<main>` and its end: what is not the frame.
fn content(page: &impl Template) -> String {
    let html = whole(page);
    let start = html.find("<main").expect("a page has a main part");
    let end = html.rfind("</main>").expect("and an end of it");
    html[start..end].to_owned()
}

fn whole(page: &impl Template) -> String {
    page.render()
        .unwrap()
        .replace(&crate::assets::href("base.css").replace("base.css", ""), "/static/VERSION/")
}

fn conversation(role: Role, composer: Composer) -> ConversationPage {
    ConversationPage::of(desk("inbox", role), samples::conversation(), false, composer, "FORM".into())
}

#[test]
fn the_inbox_lists_who_waits_and_where() {
    let page = Inbox::of(desk("inbox", Role::Agent), samples::inbox(), "mine");
    insta::assert_snapshot!(whole(&page));
}

#[test]
fn an_empty_inbox_says_what_happens_next() {
    let page = Inbox::of(desk("inbox", Role::Agent), InboxPage { lines: vec![], next: None }, "");
    assert!(
        page.as_lines()
            .render()
            .unwrap()
            .contains("Nobody is waiting. New messages appear here by themselves.")
    );
}

#[test]
fn a_conversation_shows_every_rung_and_every_sort_of_message() {
    insta::assert_snapshot!(whole(&conversation(Role::PrivacyOfficer, Composer::default())));
}

#[test]
fn a_refused_draft_says_why_and_asks_for_a_reason() {
    let composer = Composer {
        thread: Some(samples::nth(1)),
        draft: "Is it [card number]?".into(),
        check: samples::refused(),
        not_sent: Some(("Not sent.", "It holds what must not be exchanged here.".into())),
        ..Composer::default()
    };
    let html = content(&conversation(Role::Agent, composer));
    let start = html.find("<form id=\"composer\"").unwrap();
    insta::assert_snapshot!(&html[start..start + html[start..].find("</form>").unwrap()]);
}

#[test]
fn a_reply_has_a_thread_to_choose_and_no_address_to_type() {
    let html = content(&conversation(Role::Agent, Composer::default()));
    let start = html.find("<form id=\"composer\"").unwrap();
    let form = &html[start..start + html[start..].find("</form>").unwrap()];
    let fields: Vec<&str> =
        form.split(" name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(fields, ["csrf", "form_key", "thread", "text", "reason"]);
    assert!(
        form.contains("data-rung=\"secure\"") && form.find("secure").unwrap() < form.find("public").unwrap()
    );
}

fn templates(composer: Composer) -> String {
    let page = ConversationPage::of(
        desk("inbox", Role::Agent),
        samples::template_only(),
        false,
        composer,
        "FORM".into(),
    );
    let html = content(&page);
    let start = html.find("<details class=\"templates\"").unwrap();
    let end = html.find("<form id=\"composer\"").unwrap();
    assert!(html[end..].contains("Send an approved template, above, or wait until the customer writes."));
    html[start..end].to_owned()
}

#[test]
fn outside_of_the_window_approved_templates_are_offered_each_with_its_places() {
    insta::assert_snapshot!(templates(Composer::default()));
}

#[test]
fn a_template_that_was_not_sent_says_why_and_keeps_what_may_stand() {
    let why = "The order number needs a reason here (base).";
    let not_sent = NotSent::of(samples::nth(7), &["Mara", "order <7>"], why, true);
    let html = templates(Composer { template: Some(not_sent), ..Composer::default() });
    assert!(html.contains(why) && html.contains("name=\"reason\""), "{html}");
    assert!(html.contains("value=\"Mara\"") && html.contains("value=\"order &#60;7&#62;\""), "{html}");
    assert_eq!(html.matches("name=\"reason\"").count(), 1, "the other template asks for none");
}

#[test]
fn what_customers_write_is_text_and_nothing_else() {
    for html in [
        whole(&Inbox::of(desk("inbox", Role::Agent), samples::inbox(), "")),
        whole(&conversation(Role::Agent, Composer::default())),
    ] {
        assert!(!html.contains("<script>alert") && !html.contains("<b>Eve"), "markup came through");
        for (at, _) in html.match_indices('\u{202e}') {
            let before = &html[..at];
            // The title is plain text to the browser, and shown outside the page.
            let inside = |open: &str, close: &str| before.rfind(open) > before.rfind(close);
            assert!(
                inside("<bdi", "</bdi>") || inside("<title", "</title>"),
                "a turned line escapes its place"
            );
        }
    }
}

#[test]
fn a_role_sees_the_sections_that_it_may_enter() {
    let names = |role| desk("inbox", role).sections().iter().map(|section| section.2).collect::<Vec<_>>();
    assert_eq!(names(Role::Agent).first(), Some(&"Inbox"));
    assert!(!names(Role::Agent).contains(&"Agents"));
    assert!(names(Role::Administrator).contains(&"Agents"));
    assert!(names(Role::PrivacyOfficer).contains(&"Ledger"));
}

#[test]
fn a_masked_value_offers_the_purposes_that_its_data_can_serve_and_no_others() {
    let offered = |role| {
        let html = conversation(role, Composer::default()).as_timeline().render().unwrap();
        let options = html.split("<option value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        options.filter(|value| !value.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(offered(Role::Agent), ["payment", "case_handling"]);
    assert_eq!(offered(Role::PrivacyOfficer), ["payment", "case_handling", "privacy_request"]);
    assert_eq!(offered(Role::Administrator), [""; 0]);
}

#[test]
fn an_opened_value_says_how_long_it_stays_and_that_it_was_recorded() {
    let page = Revealed {
        desk: desk("inbox", Role::Agent),
        answer: Answer::Opened { value: "GB29 <NWBK>", label: "bank account", seconds: 30 },
        purpose: Purpose::Payment,
        at: "/console/c/1".into(),
    };
    insta::assert_snapshot!(page.as_opened().render().unwrap());
}

#[test]
fn the_ledger_shows_its_proofs_and_how_to_check_them() {
    let page = Ledger {
        desk: desk("ledger", Role::PrivacyOfficer),
        page: samples::ledger(),
        log_address: "https://chat.example.org/.well-known/aside/0190".into(),
    };
    insta::assert_snapshot!(content(&page));
    insta::assert_snapshot!(content(&Proof {
        desk: desk("ledger", Role::PrivacyOfficer),
        proof: samples::proof()
    }));
}

#[test]
fn the_other_pages_say_what_there_is_and_what_to_do() {
    let all = [
        content(&Jobs { desk: desk("jobs", Role::Administrator), jobs: samples::jobs() }),
        content(&Jobs { desk: desk("jobs", Role::Administrator), jobs: vec![] }),
        content(&Channels { desk: desk("channels", Role::Administrator), channels: samples::channels() }),
        content(&Contacts {
            desk: desk("contacts", Role::Administrator),
            report: Some(ImportReport { added: 2, known: 1, refused: vec![(4, "no e-mail address".into())] }),
        }),
        content(&Agents {
            desk: desk("agents", Role::Administrator),
            agents: vec![AgentView {
                login: "ada@northwind.example".into(),
                name: "Ada".into(),
                role: Role::Agent,
                enabled: true,
            }],
        }),
        content(&ErasePage {
            desk: desk("inbox", Role::PrivacyOfficer),
            conversation: samples::nth(1),
            customer: samples::NAME.into(),
            refused: Some("Say why, in at least five characters.".into()),
        }),
        content(&ErasedPage {
            desk: desk("inbox", Role::PrivacyOfficer),
            counts: [("Addresses, each with its keys", 2), ("Conversations", 1)],
        }),
    ];
    insta::assert_snapshot!(all.join("\n=====\n"));
}

#[test]
fn signing_in_asks_for_three_things() {
    let page = SignInPage {
        csrf: "TOKEN".into(),
        to: "/console".into(),
        refused: Some(("Not signed in.", "Login, password or code is wrong.")),
    };
    insta::assert_snapshot!(whole(&page));
}
