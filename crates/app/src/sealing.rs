//! Opening keyrings, sealing and opening text under them. Keys live for one request.

use crate::{App, AppError, Result};
use aside_model::{Body, CustomerId};
use aside_model::{
    BrandId, HandleId, KeyringId, MessageId, Network, Raw,
    rows::{HandleRow, KeyringRow, MessageRow, NewHandle, ThreadRow},
};
use aside_vault::{Keyring, Place, TextKey, WrappedKeyring};

/// An opened keyring, for one request.
pub(crate) struct Ring {
    pub(crate) brand: BrandId,
    pub(crate) id: KeyringId,
    pub(crate) keys: Keyring,
}

impl Ring {
    /// Where something of a record is sealed.
    pub(crate) fn place(&self, record: [u8; 16], field: &'static str) -> Place {
        Place { brand: self.brand.bytes(), keyring: self.id.bytes(), record, field }
    }

    fn text(&self) -> TextKey {
        self.keys.text_key()
    }
}

impl App {
    /// Seals text of a record.
    pub(crate) fn seal_text(
        &self,
        ring: &Ring,
        record: [u8; 16],
        field: &'static str,
        text: &[u8],
    ) -> Vec<u8> {
        ring.text().seal(&ring.place(record, field), text, &*self.random)
    }

    /// Opens text of a record.
    pub(crate) fn open_text(
        ring: &Ring,
        record: [u8; 16],
        field: &'static str,
        sealed: &[u8],
    ) -> Result<Raw> {
        let bytes = ring.text().open(&ring.place(record, field), sealed)?;
        let text =
            std::str::from_utf8(&bytes).map_err(|_| AppError::Failed("sealed text is not UTF-8".into()))?;
        Ok(Raw::new(text.to_owned()))
    }

    /// Opens a keyring row.
    pub(crate) fn open_ring(&self, row: &KeyringRow) -> Result<Ring> {
        let keys = self.keys.brand(row.brand).map_err(|e| AppError::Failed(e.to_string()))?;
        let key =
            keys.epoch(row.epoch).ok_or_else(|| AppError::Failed("the key's epoch was destroyed".into()))?;
        let wrapped = WrappedKeyring::from_bytes(row.wrapped.clone())?;
        let opened = wrapped.unwrap(key, row.brand.bytes(), row.keyring.bytes())?;
        Ok(Ring { brand: row.brand, id: row.keyring, keys: opened })
    }

    /// The keyring with this id, opened; not found once it is destroyed.
    pub(crate) async fn ring(&self, brand: BrandId, keyring: KeyringId) -> Result<Ring> {
        let row = self.store.keyring(brand, keyring).await?.ok_or(AppError::NotFound)?;
        self.open_ring(&row)
    }

    /// A message's body, opened.
    pub(crate) fn open_body(ring: &Ring, row: &MessageRow) -> Result<Body> {
        if row.body_sealed.is_empty() {
            return Ok(Body::default());
        }
        let bytes = ring.text().open(&ring.place(row.message.bytes(), "body"), &row.body_sealed)?;
        Ok(Body::decode(&bytes)?)
    }

    /// A message's body, sealed.
    pub(crate) fn seal_body(&self, ring: &Ring, message: MessageId, body: &Body) -> Vec<u8> {
        self.seal_text(ring, message.bytes(), "body", &body.encode())
    }

    /// A keyed hash, for finding a row by something that must not be stored in clear.
    pub(crate) fn index(&self, brand: BrandId, field: &str, value: &str) -> Result<[u8; 32]> {
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        Ok(keys.index.index(field, value.as_bytes()))
    }

    /// The handle with this address, made with customer and keyring if it is new. `customer` is who it
    /// belongs to if it is new; `None` for a customer of its own. A name that holds more than a name is left
    /// out.
    pub(crate) async fn handle_for(
        &self,
        brand: BrandId,
        network: Network,
        address: &Raw,
        name: Option<&Raw>,
        customer: Option<CustomerId>,
    ) -> Result<(HandleRow, Ring)> {
        let address_index = self.index(brand, network.name(), address.expose())?;
        if let Some(handle) = self.store.handle_at(brand, network, address_index).await? {
            let ring = self.ring(brand, handle.keyring).await?;
            return Ok((handle, ring));
        }
        let name = match name {
            Some(name) if self.may_stand_as_a_name(name).await => Some(name),
            _ => None,
        };
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        let ring = Ring {
            brand,
            id: KeyringId::new(&*self.clock, &*self.random),
            keys: Keyring::generate(&*self.random),
        };
        let wrapped = ring.keys.wrap(keys.current(), brand.bytes(), ring.id.bytes(), &*self.random);
        let handle = HandleId::new(&*self.clock, &*self.random);
        let new = NewHandle {
            handle: HandleRow {
                brand,
                handle,
                customer: customer.unwrap_or_else(|| CustomerId::new(&*self.clock, &*self.random)),
                keyring: ring.id,
                network,
                address_index,
                address_sealed: self.seal_text(&ring, handle.bytes(), "address", address.expose().as_bytes()),
                name_sealed: name
                    .map(|n| self.seal_text(&ring, handle.bytes(), "name", n.expose().as_bytes())),
                created_at: self.clock.now(),
            },
            keyring: KeyringRow {
                brand,
                keyring: ring.id,
                epoch: keys.current().epoch(),
                wrapped: wrapped.as_bytes().to_vec(),
            },
        };
        let (handle, keyring) = self.store.ensure_handle(new).await?;
        let ring = if keyring.keyring == ring.id { ring } else { self.open_ring(&keyring)? };
        Ok((handle, ring))
    }

    /// What people call a handle: the name the network shows, else four characters of its id.
    pub(crate) fn name_of(ring: &Ring, handle: &HandleRow) -> String {
        let name = handle
            .name_sealed
            .as_ref()
            .and_then(|sealed| Self::open_text(ring, handle.handle.bytes(), "name", sealed).ok())
            .map(|name| name.expose().trim().to_owned())
            .filter(|name| !name.is_empty());
        name.unwrap_or_else(|| {
            let id = handle.customer.to_string();
            format!("Customer {}", &id[id.len() - 4..])
        })
    }

    /// Where replies on a thread go, opened.
    pub(crate) fn address_of(ring: &Ring, thread: &ThreadRow) -> Result<Raw> {
        Self::open_text(ring, thread.thread.bytes(), "address", &thread.address_sealed)
    }
}
