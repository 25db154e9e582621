//! Every stored encoding, byte for byte. When one of these tests fails, stored data no longer opens:
//! keep reading the old version byte and write a new one.

use crate::{BRAND, KEYRING, PLACE, RECORD, fixed, raw};
use aside_vault::{
    BrandKey, DropBoxKey, IndexKey, Keyring, RootKey, Secret, ValueKey, WrappedKeyring, drop_box,
};

const PASSPHRASE: &str = "correct horse battery staple";

fn root() -> RootKey {
    RootKey::generate(&fixed(100))
}

fn brand_key() -> BrandKey {
    BrandKey::generate(5, &fixed(200))
}

fn keyring() -> Keyring {
    Keyring::generate(&fixed(300))
}

#[expect(clippy::disallowed_methods, reason = "the test is about opening values")]
fn value_key() -> ValueKey {
    keyring().open_values()
}

fn stored(golden: &str) -> Vec<u8> {
    hex::decode(golden).unwrap()
}

#[test]
fn the_plain_root_key_file() {
    let golden = "\
         aside-vault root key, version 1\n\
         protection: none\n\
         fingerprint: 93f8-46d7-d0e4-2350\n\
         key: IyWblPE89UQDvDjWxrif5D5UD5f70uXNQNvX5miFmnA\n\
         ";
    assert_eq!(String::from_utf8(root().to_file(None, &fixed(1))).unwrap(), golden);
    assert_eq!(RootKey::from_file(golden.as_bytes(), None).unwrap().fingerprint(), root().fingerprint());
}

#[test]
fn the_sealed_root_key_file() {
    let golden = "\
         aside-vault root key, version 1\n\
         protection: argon2id m=65536 t=3 p=1\n\
         fingerprint: 93f8-46d7-d0e4-2350\n\
         salt: l1g13hyXVs6_yEYQC_weQg\n\
         sealed: AXT-SqnYnQKymFe9rzABn9ecX_lMV9I4nyn5tO4bLTzpmHu8v91-Uy_D8oJ6QDdpx9lwxG4kyloZK6RNEPraVHJwXS7Fl5qePIbuvuhCHaxrPHHlxz6YqoleNk1r\n\
         ";
    let file = root().to_file(Some(&raw(PASSPHRASE)), &fixed(2));
    assert_eq!(String::from_utf8(file).unwrap(), golden);
    let read = RootKey::from_file(golden.as_bytes(), Some(&raw(PASSPHRASE))).unwrap();
    assert_eq!(read.fingerprint(), root().fingerprint());
}

#[test]
fn the_wrapped_brand_key() {
    let golden = "\
         0100000005984a641a171cd11ba8b9714f55bf31a40738bc234bb07b024947421e949b88411d0b14e4db018fed\
         b3466f8a5b13b6d5d0a3b3478de31d56aa7b31565cb456528c84c0999926f67cddc9a259d521de530f9286bd1a\
         7dd622059cff8c";
    assert_eq!(hex::encode(brand_key().wrap(&root(), BRAND, &fixed(3))), golden);
    let read = BrandKey::unwrap(&root(), BRAND, &stored(golden)).unwrap();
    assert_eq!(read.epoch(), 5);
    assert_eq!(
        read.seal(RECORD, "app secret", b"hush", &fixed(4)),
        brand_key().seal(RECORD, "app secret", b"hush", &fixed(4))
    );
}

#[test]
fn a_small_secret_of_the_brand() {
    let golden = "\
         0100000005ce99b5bcd0a83d62423903ece3b209efa64fd198933ef64e0c4818447f9bfecb6e73e372e2338aca\
         e474c66a648e972a5e3918fa1ad695404d12c1a9f4c8a794";
    assert_eq!(hex::encode(brand_key().seal(RECORD, "app secret", b"hush", &fixed(4))), golden);
    assert_eq!(*brand_key().open(RECORD, "app secret", &stored(golden)).unwrap(), b"hush");
}

#[test]
fn the_wrapped_index_key_and_an_index() {
    let golden = "\
         018426190d2537bfe852603814f516395ea01bb563788fb3ef7d3976e8fe3b353463033b0ca389c35ac097314d\
         57d5dd507f7c9b0e0a52c6c5d9d489689f2cb253f310f5f764d4e0910874c2a9560cd40ee1bd6bdc4d7a24cce3\
         abbe1c";
    let key = IndexKey::generate(&fixed(400));
    assert_eq!(hex::encode(key.wrap(&root(), BRAND, &fixed(5))), golden);
    let read = IndexKey::unwrap(&root(), BRAND, &stored(golden)).unwrap();
    assert_eq!(
        hex::encode(read.index("email", b"jane@example.com")),
        "2ffb3c02c5d6961c484d2a36260e6ab3655a2b1a7755c714372416d08f9c4f01"
    );
}

#[test]
fn the_wrapped_keyring() {
    let golden = "\
         010000000532cd7e98407d6f219d24c2dcc6d4254f5329b1d850af4e54417babf8878873afbd64a5d9adefe000\
         72419db2e1d8003cdfbca7ac4dd6872a159e71a7994f6f2d5f5f7029f05998bb9b11e51699583edcbcf40a1ef2\
         c20ab600265ce409feccc071791bd1b8e7aed07d0ba642741e636a13ceaee5e821a3e9f016fcb0";
    let wrapped = keyring().wrap(&brand_key(), BRAND, KEYRING, &fixed(6));
    assert_eq!(hex::encode(wrapped.as_bytes()), golden);
    let read = WrappedKeyring::from_bytes(stored(golden)).unwrap();
    assert_eq!(read.epoch(), 5);
    let read = read.unwrap(&brand_key(), BRAND, KEYRING).unwrap();
    assert_eq!(
        read.text_key().seal(&PLACE, b"hello", &fixed(7)),
        keyring().text_key().seal(&PLACE, b"hello", &fixed(7))
    );
    assert_eq!(
        read.value_sealer().seal(&PLACE, &raw("4111111111111111"), &fixed(8)),
        keyring().value_sealer().seal(&PLACE, &raw("4111111111111111"), &fixed(8))
    );
}

#[test]
fn a_sealed_text() {
    let golden = "\
         01eb20f820ff14f20b0574bb1b5d6d4449344e25cf4027c183edb2faa03fc16f0463cbe1e459320dd7044c3cd7\
         71bc9b69476378f40503c205f7ed30ce4e7a8cc1c8";
    assert_eq!(hex::encode(keyring().text_key().seal(&PLACE, b"hello", &fixed(7))), golden);
    assert_eq!(*keyring().text_key().open(&PLACE, &stored(golden)).unwrap(), b"hello");
}

#[test]
fn a_sealed_value() {
    let golden = "\
         0160165e64bd75157f74d42de666ae0c951d6defe57a077fe4880d1d294c0742849e5651b0ef9536369ca8a164\
         967f1a22ffbb584d7523056e4b73107a43bf3035f14b8658fcddee72c0d937c7";
    let sealed = keyring().value_sealer().seal(&PLACE, &raw("4111111111111111"), &fixed(8));
    assert_eq!(hex::encode(sealed), golden);
    assert_eq!(value_key().open(&PLACE, &stored(golden)).unwrap().expose(), "4111111111111111");
}

#[test]
fn a_link_secret_and_its_digest() {
    let secret = Secret::generate(&fixed(500));
    assert_eq!(secret.encode(), "Dv6zjmEytDmK4iS95TNAN_52pV_1pni89Y9a_z_AAUo");
    assert_eq!(
        hex::encode(secret.digest()),
        "f6c70b7de790a45da3dc0a97e3fd426831adb4f4c191bf08851b619b90bd8c7a"
    );
}

#[test]
fn a_drop_box() {
    let golden = "\
         01eabffb232317fea27062cce6029bebd33a46f36ec3ae69d4c864420377cc5953640fff66aa0b5d25307103b3\
         c7b7b1b81bf4cdc86e99d2929ebde818ef6f89efa3e798e58fed730e2dd08d5b23a3949fe2abad61ce27e771e1\
         c1";
    let key = DropBoxKey::derive(&Secret::generate(&fixed(500)));
    assert_eq!(hex::encode(key.public()), "2554e85cc995946ee43f45342c60c9d6c26f76bba041fa5749e3531c2d16fc7b");
    let sealed = drop_box::seal(&key.public(), &PLACE, &raw("your reply"), &fixed(9)).unwrap();
    assert_eq!(hex::encode(sealed), golden);
    assert_eq!(drop_box::open(&key, &PLACE, &stored(golden)).unwrap().expose(), "your reply");
}
