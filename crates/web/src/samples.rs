//! Hand-made views for rendering tests: a customer who tries everything.

use aside_app::views::{
    ChannelView, ConversationView, CustomerPage, DraftCheck, DraftFinding, EntryView, ExchangeView,
    FindingView, InboxLine, InboxPage, LedgerLine, LedgerPage, MessageView, Piece, ProofView, StuckJob,
    TemplateView, ThreadView, TimelineItem,
};
use aside_model::{
    Assurance, Author, Certainty, ConversationState, DataType, Direction, Id, JobKind, Language,
    MessageState, Network, Rung, Time,
};

/// The nth id.
pub(crate) fn nth<T>(n: u8) -> Id<T> {
    let mut bytes = [0; 16];
    bytes[15] = n;
    bytes[6] = 0x70;
    bytes[8] = 0x80;
    Id::from_bytes(bytes)
}

/// Minute `n` of a morning.
pub(crate) fn at(n: i64) -> Time {
    Time::from_secs(1_795_339_800 + n * 60)
}

/// A name that tries to be markup and to turn the line around.
pub(crate) const NAME: &str = "<b>Eve</b> \u{202e}evE";
/// A text that tries to be a script.
pub(crate) const SCRIPT: &str = "<script>alert('x')</script> & \"quotes\" \u{202e}drawkcab";

fn text(text: &str) -> Piece {
    Piece::Text { text: text.to_owned() }
}

pub(crate) fn message(n: u8, rung: Rung, author: Author, pieces: Vec<Piece>) -> MessageView {
    MessageView {
        message: nth(n),
        thread: nth(rung as u8 + 1),
        rung,
        channel: match rung {
            Rung::Secure => "Northwind chat".into(),
            _ => "Northwind on Facebook".into(),
        },
        author,
        author_name: match author {
            Author::Customer => NAME.into(),
            Author::Agent => "Ada".into(),
            Author::System => "Northwind".into(),
        },
        direction: if author == Author::Customer { Direction::Inbound } else { Direction::Outbound },
        pieces,
        findings: vec![],
        attachments: vec![],
        unchecked: false,
        state: if author == Author::Customer { MessageState::Received } else { MessageState::Sent },
        reason: None,
        at: at(n.into()),
        edited_at: None,
    }
}

/// One message of each sort.
pub(crate) fn messages() -> Vec<MessageView> {
    let mut public = message(
        10,
        Rung::Public,
        Author::Customer,
        vec![
            text(SCRIPT),
            Piece::Removed {
                data_type: DataType::FinPan, mask: "•••• 1111".into(), label: "card number"
            },
            text(" why was I charged twice?"),
        ],
    );
    public.findings = vec![FindingView {
        data_type: DataType::FinPan,
        kind: "card".into(),
        label: "card number",
        rule: "block".into(),
        certainty: Certainty::Certain,
        provision: "base: PCI DSS 4.2.2".into(),
    }];
    let mut held = message(
        12,
        Rung::Direct,
        Author::Customer,
        vec![
            text("order "),
            Piece::Held { hold: nth(60), data_type: DataType::AccountBookingRef, label: "booking reference" },
        ],
    );
    held.edited_at = Some(at(13));
    held.attachments = vec!["image".into()];
    let masked = message(
        14,
        Rung::Secure,
        Author::Customer,
        vec![
            text("My account is "),
            Piece::Masked {
                value: nth(50),
                data_type: DataType::FinBankAccount,
                kind: "iban".into(),
                mask: "•••• 3000".into(),
                label: "bank account",
            },
            text(".\nThanks!"),
        ],
    );
    let mut unchecked = message(15, Rung::Direct, Author::Customer, vec![]);
    unchecked.unchecked = true;
    let mut failed = message(16, Rung::Direct, Author::Agent, vec![text("We look into it.")]);
    failed.state = MessageState::Failed;
    failed.reason = Some("the window of 24 hours is over".into());
    let mut taken_back = message(17, Rung::Public, Author::Customer, vec![]);
    taken_back.state = MessageState::Removed;
    let safe = message(11, Rung::Public, Author::System, vec![text("Hello! This page is public.")]);
    vec![public, safe, held, masked, unchecked, failed, taken_back]
}

pub(crate) fn conversation() -> ConversationView {
    let mut timeline: Vec<_> = messages().into_iter().map(TimelineItem::Message).collect();
    timeline.insert(
        2,
        TimelineItem::Entry(EntryView {
            entry: nth(30),
            kind: "invited".into(),
            text: "Ada invited the customer to the secure channel".into(),
            at: at(11),
        }),
    );
    let thread = |n, rung, channel: &str, network, closed: Option<&str>| ThreadView {
        thread: nth(n),
        channel: channel.into(),
        network,
        rung,
        closed: closed.map(Into::into),
        open_until: None,
        max_characters: 2000,
        template_only: false,
        templates: vec![],
    };
    let exchange = |allowed: &[&'static str]| ExchangeView {
        allowed: allowed.to_vec(),
        masked: vec!["bank account", "date of birth"],
        forbidden: vec!["card security code", "password"],
    };
    ConversationView {
        conversation: nth(1),
        customer: NAME.into(),
        state: ConversationState::Open,
        rung: Rung::Secure,
        assurance: Assurance::Linked,
        assurance_at: at(13),
        assurance_until: Some(at(700)),
        language: "en".into(),
        assigned: Some("Ada".into()),
        mine: true,
        timeline,
        threads: vec![
            thread(3, Rung::Secure, "Northwind chat", Network::Secure, None),
            thread(
                2,
                Rung::Direct,
                "Northwind on Facebook",
                Network::Facebook,
                Some("the window of 24 hours is over"),
            ),
            thread(1, Rung::Public, "Northwind on Facebook", Network::Facebook, None),
        ],
        exchange: vec![
            (Rung::Secure, exchange(&["e-mail address", "phone number"])),
            (Rung::Direct, exchange(&["social handle"])),
            (Rung::Public, exchange(&[])),
        ],
        invite: Err("They are in the secure channel already.".into()),
        invited_at: Some(at(11)),
    }
}

pub(crate) fn inbox() -> InboxPage {
    let line = |n: u8, customer: &str, preview: &str, author, rung, waiting: bool| InboxLine {
        conversation: nth(n),
        customer: customer.into(),
        preview: preview.into(),
        preview_author: author,
        rung,
        state: ConversationState::Open,
        assurance: Assurance::Anonymous,
        assigned: (!waiting).then(|| "Ada".into()),
        last_message_at: at(n.into()),
        waiting,
    };
    InboxPage {
        lines: vec![
            line(1, NAME, SCRIPT, Author::Customer, Rung::Public, true),
            line(
                2,
                "Customer 7F3A",
                "My account is •••• 3000. Thanks!",
                Author::Customer,
                Rung::Secure,
                true,
            ),
            line(
                3,
                "Maximiliane Freifrau von und zu Langenbach-Obertürkheim",
                "We look into it.",
                Author::Agent,
                Rung::Direct,
                false,
            ),
        ],
        next: Some("0190&x".into()),
    }
}

/// A draft that holds a card number and asks for a password.
/// A conversation on WhatsApp whose customer wrote too long ago.
pub(crate) fn template_only() -> ConversationView {
    let template = |name: &str, body: &str, places| TemplateView {
        name: name.into(),
        language: "en".into(),
        body: body.into(),
        places,
    };
    let thread = ThreadView {
        thread: nth(7),
        channel: "Northwind on WhatsApp".into(),
        network: Network::Whatsapp,
        rung: Rung::Direct,
        closed: Some("The customer wrote too long ago; only an approved template can be sent.".into()),
        open_until: None,
        max_characters: 4096,
        template_only: true,
        templates: vec![
            template("answer_ready", "Hello {{1}}, we have an answer about {{2}}. <b>Write to us.</b>", 2),
            template("still_there", "Do you still need help?", 0),
        ],
    };
    ConversationView { threads: vec![thread], rung: Rung::Direct, ..conversation() }
}

pub(crate) fn refused() -> DraftCheck {
    let finding = |verdict, asked, why: &str| DraftFinding {
        start: 0,
        end: 0,
        data_type: DataType::FinPan,
        label: "card number",
        verdict,
        asked,
        why: why.into(),
    };
    DraftCheck {
        findings: vec![
            finding("refuse", false, "The card number does not belong here (base: PCI DSS 4.2.2)."),
            finding(
                "confirm",
                true,
                "Asking for the e-mail address needs a reason here (base: data minimisation).",
            ),
        ],
        refused: true,
        needs_reason: true,
    }
}

pub(crate) fn ledger() -> LedgerPage {
    LedgerPage {
        lines: vec![ledger_line(2, None), ledger_line(1, Some(7))],
        checkpoint: Some("aside.example/log\n8\nq1w2\n\n— aside.example/log abc=\n".into()),
        verifier: "aside.example/log+1a2b+AbCd".into(),
        next: Some(7),
    }
}

fn ledger_line(n: u8, index: Option<i64>) -> LedgerLine {
    LedgerLine {
        entry: nth(n),
        index,
        kind: "revealed".into(),
        text: "Ada opened a bank account to make a payment".into(),
        at: at(n.into()),
        proved: index.is_some(),
    }
}

pub(crate) fn proof() -> ProofView {
    ProofView {
        line: ledger_line(1, Some(7)),
        leaf: "{\"kind\":\"revealed\"}".into(),
        proof: Some("c2sp.org/tlog-proof@v1\nindex 7\n".into()),
    }
}

pub(crate) fn jobs() -> Vec<StuckJob> {
    vec![StuckJob {
        job: nth(4),
        kind: JobKind::Send,
        conversation: nth(1),
        state: "unknown".into(),
        attempts: 3,
        error: Some("the answer was lost on the way".into()),
        due_at: None,
        created_at: at(1),
    }]
}

pub(crate) fn channels() -> Vec<ChannelView> {
    vec![ChannelView {
        channel: nth(1),
        name: "Northwind on Facebook".into(),
        network: Network::Facebook,
        rung: Rung::Direct,
        account: "1234567890".into(),
        hook: Some("https://chat.example.org/hooks/facebook/0190".into()),
        protection: "TLS between us and the network; the network reads along.",
        notice: Some(("en".into(), "Please don't send card numbers here.".into(), Some(at(1)), Some(false))),
    }]
}

pub(crate) fn customer_page(language: Language) -> CustomerPage {
    CustomerPage {
        brand: "Northwind <Rail>".into(),
        language,
        assurance: Assurance::Linked,
        messages: messages(),
        holds: vec![(nth(60), "booking reference", at(1440))],
        code_pending: true,
        notice: "You are in Northwind's own secure chat.".into(),
        phone: Some("+44 20 7946 0000".into()),
    }
}
