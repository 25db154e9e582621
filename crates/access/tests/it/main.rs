//! What each role may do, and in which words it is refused.

use aside_access::{Action, Assignment, Budget, Budgets, Denied, Request, Reveal, decide};
use aside_model::{DataType, Purpose, Role};
use std::{fmt::Write, time::Duration};

const ASSIGNMENTS: [Assignment; 4] =
    [Assignment::Mine, Assignment::Open, Assignment::SomeoneElses, Assignment::Closed];

fn ask(role: Role, action: Action<'_>) -> Result<Option<Budget>, Denied> {
    decide(&Request { role, action }, &Budgets::default()).map(|permit| permit.budget())
}

fn reveal(data_type: DataType, purpose: Purpose, assignment: Assignment) -> Action<'static> {
    Action::Reveal(Reveal { purpose, data_type, assignment })
}

/// Every action with every fact that matters, and what to call it.
fn actions() -> Vec<(String, Action<'static>)> {
    let mut actions: Vec<Action<'static>> = vec![Action::ReadInbox];
    for action in [Action::Assign, Action::Close, Action::Reply, Action::MoveToSecure] {
        actions.extend(ASSIGNMENTS.map(action));
    }
    actions.extend([
        Action::EraseCustomer { reason: "asked for by letter" },
        Action::EraseCustomer { reason: "  ok  " },
        Action::SeeLedger,
        Action::SeeJobs,
        Action::ManageRules,
        Action::ManageAgents,
        Action::ManageChannels,
        Action::ImportContacts,
    ]);
    actions.push(reveal(DataType::CredPassword, Purpose::CaseHandling, Assignment::Mine));
    for data_type in [DataType::ContactPhone, DataType::FinPan] {
        for &purpose in Purpose::ALL {
            actions.extend(ASSIGNMENTS.map(|assignment| reveal(data_type, purpose, assignment)));
        }
    }
    actions
        .into_iter()
        .map(|action| {
            let facts = match action {
                Action::Assign(a) | Action::Close(a) | Action::Reply(a) | Action::MoveToSecure(a) => {
                    format!(" {}", a.name())
                }
                Action::Reveal(r) => format!(" {} {} {}", r.data_type, r.purpose, r.assignment.name()),
                Action::EraseCustomer { reason } => format!(" {:?}", reason.trim()),
                _ => String::new(),
            };
            (format!("{}{facts}", action.name()), action)
        })
        .collect()
}

#[test]
fn every_role_and_action_is_decided_as_written_down() {
    let mut text = String::new();
    for &role in Role::ALL {
        writeln!(text, "{role}").unwrap();
        for (name, action) in actions() {
            let answer = match ask(role, action) {
                Ok(None) => "yes".to_owned(),
                Ok(Some(budget)) => {
                    format!("yes, {} in {} minutes", budget.limit, budget.window.as_secs() / 60)
                }
                Err(denied) => format!("no: {denied}"),
            };
            writeln!(text, "  {name:<56} {answer}").unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn an_agent_opens_values_of_their_own_and_of_waiting_conversations_only() {
    let phone = |assignment| ask(Role::Agent, reveal(DataType::ContactPhone, Purpose::Contact, assignment));
    let an_hour = Duration::from_hours(1);
    assert_eq!(phone(Assignment::Mine), Ok(Some(Budget { limit: 20, window: an_hour })));
    assert!(phone(Assignment::Open).is_ok());
    assert_eq!(phone(Assignment::SomeoneElses), Err(Denied::SomeoneElses));
    assert_eq!(phone(Assignment::Closed), Err(Denied::Closed));
}

#[test]
fn a_purpose_must_fit_the_role_and_the_data() {
    let try_for = |role, data_type, purpose| ask(role, reveal(data_type, purpose, Assignment::Mine));
    assert_eq!(
        try_for(Role::Agent, DataType::ContactPhone, Purpose::PrivacyRequest),
        Err(Denied::PurposeOfRole { role: Role::Agent, purpose: Purpose::PrivacyRequest })
    );
    assert_eq!(
        try_for(Role::Agent, DataType::HealthCondition, Purpose::Payment),
        Err(Denied::PurposeOfData { data_type: DataType::HealthCondition, purpose: Purpose::Payment })
    );
    assert!(try_for(Role::PrivacyOfficer, DataType::HealthCondition, Purpose::PrivacyRequest).is_ok());
}

#[test]
fn an_administrator_opens_no_value_for_any_purpose() {
    for &data_type in DataType::ALL {
        for &purpose in Purpose::ALL {
            for assignment in ASSIGNMENTS {
                let denied = ask(Role::Administrator, reveal(data_type, purpose, assignment));
                assert_eq!(denied, Err(Denied::Role { role: Role::Administrator, action: "reveal" }));
            }
        }
    }
}

#[test]
fn a_password_is_shown_to_nobody() {
    for role in [Role::Agent, Role::PrivacyOfficer] {
        for &purpose in Purpose::ALL {
            let denied = ask(role, reveal(DataType::CredPassword, purpose, Assignment::Mine));
            assert_eq!(denied, Err(Denied::Prohibited { data_type: DataType::CredPassword }));
        }
    }
}

#[test]
fn every_permitted_reveal_has_a_budget() {
    for &role in Role::ALL {
        for &data_type in DataType::ALL {
            for &purpose in Purpose::ALL {
                for assignment in ASSIGNMENTS {
                    if let Ok(budget) = ask(role, reveal(data_type, purpose, assignment)) {
                        assert!(budget.is_some(), "{role} {data_type} {purpose}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_budget_can_be_set_otherwise() {
    let tight = Budget { limit: 3, window: Duration::from_mins(10) };
    let budgets = Budgets { agent: tight, ..Budgets::default() };
    let action = reveal(DataType::ContactPhone, Purpose::Contact, Assignment::Mine);
    let permit = decide(&Request { role: Role::Agent, action }, &budgets).unwrap();
    assert_eq!((permit.role(), permit.action(), permit.budget()), (Role::Agent, "reveal", Some(tight)));
}

#[test]
fn nobody_erases_a_customer_without_saying_why() {
    for role in [Role::PrivacyOfficer, Role::Administrator] {
        assert_eq!(ask(role, Action::EraseCustomer { reason: "    x    " }), Err(Denied::Reason));
        assert_eq!(ask(role, Action::EraseCustomer { reason: "wünsc" }), Ok(None));
    }
    let by_an_agent = ask(Role::Agent, Action::EraseCustomer { reason: "asked for by letter" });
    assert_eq!(by_an_agent, Err(Denied::Role { role: Role::Agent, action: "erase_customer" }));
}
