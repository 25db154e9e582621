-- Erasing goes in steps. The first command destroys the keys (an empty `wrapped` is a destroyed key) and marks the
-- customer; rows that still name a marked one are read by nobody and go step by step.

ALTER TABLE customers ADD COLUMN erasing_at bigint;
CREATE INDEX customers_being_erased ON customers (brand, customer) WHERE erasing_at IS NOT NULL;
CREATE INDEX keyrings_destroyed ON keyrings (brand, keyring) WHERE wrapped = '';
