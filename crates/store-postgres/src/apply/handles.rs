//! Making sure that a handle is there, whoever comes first.

use super::insert;
use crate::{
    cells::{Cells, FromRow, Only, Stored, read_all},
    conn::{Conn, Connections, Step},
    error::Trouble,
};
use aside_model::{
    BrandId, Network, Time,
    rows::{HandleRow, KeyringRow, NewHandle},
};
use aside_store::{Result, StoreError};

statements! {
    HANDLE_AT(
        "SELECT handles.brand, handles.handle, handles.customer, handles.keyring, handles.network, ",
        "handles.address_index, handles.address_sealed, handles.name_sealed, handles.created_at, ",
        "own.brand, own.keyring, own.epoch, own.wrapped FROM handles CROSS JOIN LATERAL ",
        "(SELECT ", keyring_columns!(), " FROM keyrings WHERE brand = $1 AND keyring = handles.keyring LIMIT 1) AS own ",
        "WHERE handles.brand = $1 AND handles.network = $2 AND handles.address_index = $3"
    );
    ADD_CUSTOMER(
        "INSERT INTO customers (brand, customer) VALUES ($1, $2) ON CONFLICT (brand, customer) DO NOTHING"
    );
    CUSTOMER("SELECT erasing_at FROM customers WHERE brand = $1 AND customer = $2 FOR SHARE");
    /// Nobody waits for somebody else's new handle and then adds another one.
    ADD_HANDLE(
        "INSERT INTO handles (brand, handle, customer, keyring, network, address_index, address_sealed, ",
        "name_sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ",
        "ON CONFLICT (brand, network, address_index) DO NOTHING RETURNING 1"
    );
    BEGIN("BEGIN ISOLATION LEVEL READ COMMITTED");
    COMMIT("COMMIT");
}

struct Known(HandleRow, KeyringRow);

impl FromRow for Known {
    const TABLE: &'static str = "handles";
    fn from_row(cells: &mut Cells<'_>) -> Result<Self> {
        Ok(Self(HandleRow::from_row(cells)?, KeyringRow::from_row(cells)?))
    }
}

/// The handle with this address and its keyring, if they are there.
pub(crate) async fn find(
    connections: &Connections,
    brand: BrandId,
    network: Network,
    address_index: [u8; 32],
) -> Result<Option<(HandleRow, KeyringRow)>> {
    let known: Option<Known> = connections.one(HANDLE_AT, bind![brand, network, address_index]).await?;
    Ok(known.map(|Known(handle, keyring)| (handle, keyring)))
}

/// Adds the handle with its customer and keyring. False if the address has one by now; then nothing is added.
pub(crate) async fn add(conn: &mut Conn, new: &NewHandle) -> Result<bool, Trouble> {
    let NewHandle { handle, keyring } = new;
    if keyring.brand != handle.brand {
        return Err(StoreError::Failed("a handle of one brand comes with a keyring of another".into()).into());
    }
    let steps = [
        Step::bare(BEGIN),
        Step::new(ADD_CUSTOMER, bind![handle.brand, handle.customer]),
        Step::new(CUSTOMER, bind![handle.brand, handle.customer]),
        insert(&[keyring]),
        Step::new(ADD_HANDLE, handle.cells()),
    ];
    let answers = conn.run(&steps).await?;
    let erasing: Vec<Only<Option<Time>>> = read_all(&answers[2])?;
    if erasing.iter().any(|Only(at)| at.is_some()) {
        return Err(StoreError::Failed("the customer is being erased".into()).into());
    }
    if answers.last().is_none_or(Vec::is_empty) {
        conn.roll_back().await;
        return Ok(false);
    }
    conn.commit(&[Step::bare(COMMIT)]).await?;
    Ok(true)
}
