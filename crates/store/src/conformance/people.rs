//! What effects do to handles, agents, sessions, values and keyrings.

use super::{
    Ground, id,
    world::{at, hash},
};
use aside_model::{
    Effect,
    rows::{
        AgentRow, ChannelRow, ConnectionRow, HandleRow, KeyringRow, NewHandle, NoticeRow, SessionOf,
        SessionRow,
    },
};

/// The second to come gets what the first one put there.
pub async fn a_handle_is_added_once(g: &Ground) {
    let w = g.world(1).await;
    let late = NewHandle {
        handle: HandleRow { handle: id(1), customer: id(2), keyring: id(3), ..w.handle_row() },
        keyring: KeyringRow { keyring: id(3), ..w.keyring_row() },
    };
    let (handle, keyring) = g.store.ensure_handle(late).await.unwrap();
    assert_eq!((handle, keyring), (w.handle_row(), w.keyring_row()));
    assert_eq!(g.store.keyring(w.brand, id(3)).await.unwrap(), None);
    // A second address of the same customer comes with a keyring of its own.
    let second = NewHandle {
        handle: HandleRow {
            handle: id(1),
            keyring: id(3),
            address_index: hash(9),
            created_at: at(5),
            ..w.handle_row()
        },
        keyring: KeyringRow { keyring: id(3), ..w.keyring_row() },
    };
    assert_eq!(
        g.store.ensure_handle(second.clone()).await.unwrap(),
        (second.handle.clone(), second.keyring.clone())
    );
    assert_eq!(g.store.handles(w.brand, w.customer).await.unwrap(), [w.handle_row(), second.handle]);
}

/// Connections, channels, notices and agents are replaced under their ids.
pub async fn a_second_put_replaces(g: &Ground) {
    let w = g.world(1).await;
    let connection = ConnectionRow { name: "renamed".into(), epoch: 2, ..w.connection_row() };
    let channel = ChannelRow { name: "renamed".into(), connection: None, ..w.channel_row() };
    let notice = NoticeRow { present: Some(false), checked_at: Some(at(9)), ..w.notice_row() };
    let agent = AgentRow { enabled: false, totp_sealed: Some(vec![1]), ..w.agent_row() };
    let effects = vec![
        Effect::PutConnection(connection.clone()),
        Effect::PutChannel(channel.clone()),
        Effect::PutNotice(notice.clone()),
        Effect::PutAgent(agent.clone()),
    ];
    g.change(w.brand, effects).await;
    assert_eq!(g.store.connections(w.brand).await.unwrap(), [connection]);
    assert_eq!(g.store.channels(w.brand).await.unwrap(), [channel]);
    assert_eq!(g.store.notices(w.brand).await.unwrap(), [notice]);
    assert_eq!(g.store.agents(w.brand).await.unwrap(), [agent]);
}

/// A login is unique over all brands, and taking somebody else's takes nothing from them.
pub async fn a_login_belongs_to_one_agent(g: &Ground) {
    let (w, other) = (g.world(1).await, g.world(2).await);
    let thief = AgentRow { agent: id(1), login: w.agent_row().login, ..other.agent_row() };
    g.fails(other.brand, vec![Effect::PutAgent(thief)]).await;
    let found = g.store.agent_anywhere(&w.agent_row().login).await.unwrap();
    assert_eq!(found, Some(w.agent_row()));
}

/// A session ends alone with its codes; an agent's sessions end together.
pub async fn sessions_end(g: &Ground) {
    let w = g.world(1).await;
    let newer = SessionRow { session: id(1), digest: hash(1), created_at: at(9), ..w.session_row() };
    let second = SessionRow { session: id(2), digest: hash(2), ..w.agent_session_row() };
    let colleague = AgentRow { agent: id(4), login: "colleague@example.com".into(), ..w.agent_row() };
    let of = SessionOf::Agent(colleague.agent);
    let theirs = SessionRow { session: id(3), digest: hash(3), of, ..w.session_row() };
    let effects = vec![
        Effect::AddSession(newer.clone()),
        Effect::AddSession(second),
        Effect::PutAgent(colleague),
        Effect::AddSession(theirs.clone()),
        Effect::SessionSeen(w.session, at(20)),
        Effect::SessionSeen(w.session, at(10)),
    ];
    g.change(w.brand, effects).await;
    let seen = SessionRow { seen_at: at(20), ..w.session_row() };
    assert_eq!(g.store.session(w.brand, w.session).await.unwrap(), Some(seen.clone()));
    let open = g.store.customer_sessions(w.brand, w.conversation, at(99)).await.unwrap();
    assert_eq!(open, [newer, seen]);
    assert_eq!(g.store.customer_sessions(w.brand, w.conversation, at(100)).await.unwrap(), []);
    g.change(w.brand, vec![Effect::EndSession(w.session), Effect::EndAgentSessions(w.agent)]).await;
    for ended in [w.session, w.agent_session, id(2)] {
        assert_eq!(g.store.session(w.brand, ended).await.unwrap(), None);
    }
    assert_eq!(g.store.session_anywhere(w.session_row().digest).await.unwrap(), None);
    assert_eq!(g.store.code(w.brand, w.code).await.unwrap(), None);
    assert_eq!(g.store.session(w.brand, id(3)).await.unwrap(), Some(theirs));
}

/// Merging moves handles and conversations, changes no address and no thread, and can be undone.
pub async fn handles_and_conversations_move_between_customers(g: &Ground) {
    let w = g.world(1).await;
    let other = w.with_customer(2);
    other.settle_customer(&*g.store).await;
    let merge = vec![
        Effect::MoveHandle(other.handle, w.customer),
        Effect::MoveConversation(other.conversation, w.customer),
    ];
    g.change(w.brand, merge).await;
    let moved = HandleRow { customer: w.customer, ..other.handle_row() };
    let mut handles = g.store.handles(w.brand, w.customer).await.unwrap();
    handles.sort_by_key(|h| h.handle == other.handle);
    assert_eq!(handles, [w.handle_row(), moved]);
    assert_eq!(g.store.conversations_of(w.brand, w.customer).await.unwrap().len(), 2);
    assert_eq!(g.store.conversations_of(w.brand, other.customer).await.unwrap(), []);
    assert_eq!(g.store.threads(w.brand, other.conversation).await.unwrap(), [other.thread_row()]);
    g.change(w.brand, vec![Effect::MoveHandle(other.handle, other.customer)]).await;
    assert_eq!(g.store.handles(w.brand, other.customer).await.unwrap(), [other.handle_row()]);
}

/// A hold is sealed to another device, or goes; a value goes.
pub async fn values_and_holds_are_dropped_and_resealed(g: &Ground) {
    let w = g.world(1).await;
    let reseal = Effect::ResealHold { hold: w.hold, drop_box: hash(8), value: vec![3; 9] };
    g.change(w.brand, vec![reseal, Effect::DropValue(w.value)]).await;
    let hold = g.store.hold(w.brand, w.hold).await.unwrap().unwrap();
    assert_eq!((hold.drop_box, hold.value_sealed, hold.expires_at), (hash(8), vec![3; 9], at(100)));
    assert_eq!(g.store.value(w.brand, w.value).await.unwrap(), None);
    assert_eq!(g.store.values(w.brand, w.conversation).await.unwrap(), []);
    g.change(w.brand, vec![Effect::DropHold(w.hold)]).await;
    assert_eq!(g.store.holds(w.brand, w.conversation).await.unwrap(), []);
}

/// The new epoch's wrapping replaces the old; what is left to do is counted by epoch.
pub async fn keyrings_are_wrapped_anew(g: &Ground) {
    let w = g.world(1).await;
    let other = w.with_customer(2);
    other.settle_customer(&*g.store).await;
    assert_eq!(g.store.keyrings_not_at(w.brand, 2, 10).await.unwrap().len(), 2);
    assert_eq!(g.store.keyrings_not_at(w.brand, 2, 1).await.unwrap().len(), 1);
    g.change(w.brand, vec![Effect::RewrapKeyring(w.keyring, 2, vec![9; 61])]).await;
    let rewrapped = KeyringRow { epoch: 2, wrapped: vec![9; 61], ..w.keyring_row() };
    assert_eq!(g.store.keyring(w.brand, w.keyring).await.unwrap(), Some(rewrapped.clone()));
    assert_eq!(g.store.keyrings_not_at(w.brand, 2, 10).await.unwrap(), [other.keyring_row()]);
    assert_eq!(g.store.keyrings_not_at(w.brand, 1, 10).await.unwrap(), [rewrapped]);
}
