//! The addresses stand for bytes in arithmetic order, nobody's keys, but for those of the standards' own pages.

use crate::marked::{check, check_clean};

const PROVEN: &[(&str, &str)] = &[
    ("btc", "122ALQhLw63cHbrSnTG9uuUao8SNd3S7K2"),
    ("btc", "32iBFxBnUzMzNmYsuYvkLXqWwej67ym9oE"),
    ("btc", "mgY7dTnKk7Us4iL4W2EXjpguf835ZRf7gX"),
    ("btc", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    ("btc", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),
    ("btc", "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"),
    ("btc", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
    (
        "btc",
        "xpub661MyMwAqRbcEccVNdAzGnvwnr9XB7fTZKcjzcBQPBQcZXc2MbfPnBgBkBDNdH8UT2GRmnwtYsPMZkVrrMfVuDcLp56zUQsttd6fsM3qPsi",
    ),
    ("eth", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
    ("eth", "0x0B30557A9fC4E90E33587Da2c7eC11365B80A5cA"),
    ("ltc", "LLF7bd1B1kHfYQYbxbFTBvYM1LoegXHn7P"),
    ("ltc", "M8vKZqbkS7DRBGpn1Rv6AB5vGMKY9dGGgC"),
    ("ltc", "ltc1qpvc9275lcn5suv6c0k3v0mq3xedcpfw24vvr3x"),
    ("doge", "D6AFsfdzEVwtpc33X3FiTfeBgGAfvE3dfi"),
    ("bch", "qq9nq4t6nlzwjr3ntp7693lvzym9hq99egut9wk68z"),
    ("bch", "bitcoincash:qq9nq4t6nlzwjr3ntp7693lvzym9hq99egut9wk68z"),
    ("dash", "Xbi1AfMEtoGCSYT2eLaNmSANdU24cwW8P3"),
    ("zec", "t1JtmLk7UuQqCtEuLit5H3iaW3ndTNGTjVH"),
    ("trx", "TAzNLU555pAZSmv5NiusS4AihvBgpMwbKY"),
    ("xrp", "rppwLQ6LAascHbiS8TG9uu72o3S4dsSfKp"),
    ("xlm", "GADTY4NG3MIEK6VP4QMU5A5Y5URFPDGB6YVWBFOK742GTHWTBA6XERS5"),
    ("atom", "cosmos1pvc9275lcn5suv6c0k3v0mq3xedcpfw282gvdm"),
    (
        "ada",
        "addr1qy9nq4t6nlzwjr3ntp7693lvzym9hq99egcnyve5x5mrwwqtxp2h487yay8rxkra5tr7cyfktwq2tj3cxumr2dpnxgcsuf0f09",
    ),
    ("ada", "stake1uy9nq4t6nlzwjr3ntp7693lvzym9hq99egcnyve5x5mrwwqhhpaly"),
    (
        "xmr",
        "41u1iPDkCAxMXDfNp56jZW6kAJNa82zGtaxKoSnvcBMeL9Gmm4Q82tTjnVnzxvQVt7FaLHvk7pyKRWMMTTE8bdX11rgvfod",
    ),
    (
        "xmr",
        "82jA3ksanbNMXDfNp56jZW6kAJNa82zGtaxKoSnvcBMeL9Gmm4Q82tTjnVnzxvQVt7FaLHvk7pyKRWMMTTE8bdX11paUAux",
    ),
    (
        "xmr",
        "4BbgjC3EoSUMXDfNp56jZW6kAJNa82zGtaxKoSnvcBMeL9Gmm4Q82tTjnVnzxvQVt7FaLHvk7pyKRWMMTTE8bdX12CmqeBzKKNE7P1i11D",
    ),
];

#[test]
fn an_address_of_every_coin_is_found_and_certain() {
    for (kind, address) in PROVEN {
        check(&[&format!("please send it to ‹{kind}!:{address}›."), &format!("‹{kind}!:{address}›")]);
    }
}

#[test]
fn an_address_with_one_sign_changed_is_none() {
    for (_, address) in PROVEN {
        let last = address.len() - 3;
        let other = if &address[last..=last] == "q" { "p" } else { "q" };
        let changed = format!("{}{other}{}", &address[..last], &address[last + 1..]);
        let found = aside_detect::Detector::new().detect(&format!("please send it to {changed}"));
        assert!(found.is_empty(), "{changed}: {found:?}");
    }
}

#[test]
fn an_address_without_checksum_needs_a_word_for_it_or_its_form() {
    let solana = "VFK2c8MFRLomFqJyGewoidHUYKGLkYrhpBPC9Nh1Yky";
    for cue in [
        "my wallet is ",
        "Solana: ",
        "meine Wallet-Adresse ist ",
        "mon portefeuille crypto : ",
        "mi billetera ",
        "la mia wallet è ",
    ] {
        check(&[&format!("{cue}‹sol:{solana}›")]);
    }
    check(&[
        "‹eth:0x0b30557a9fc4e90e33587da2c7ec11365b80a5ca› is where it went",
        "my eth wallet ‹eth:0x0B30557A9fC4E90E33587Da2c7eC11365B80A5Ca›",
    ]);
    check_clean(&[
        solana,
        "0x0B30557A9fC4E90E33587Da2c7eC11365B80A5Ca",
        "0x0000000000000000000000000000000000000000",
        "transaction 0x0b30557a9fc4e90e33587da2c7ec11365b80a5ca0b30557a9fc4e90e33587da2",
        "3f9a0c7be14d582660a1f7c9d3b8e21537aa01bc",
        "my wallet was stolen with 300 in it",
        "1111111111111111111111111111111111",
    ]);
}

/// Put together at run time, so that no scanner of repositories takes the test for a leak.
#[test]
fn the_private_key_of_a_wallet_is_a_secret() {
    let keys = [
        ["5HsURD6n8Qx4EmvP16987UAqHvG", "4Ckp7N1L1AqpQY676PKG6KW2"].concat(),
        ["KwTn1rQWBii1HoGc7PgrPYvQ9g5", "T8tNw5iSskSUEtDXtmK494j56"].concat(),
        ["SADTY4NG3MIEK6VP4QMU5A5Y5URFP", "DGB6YVWBFOK742GTHWTBA6XFVBC"].concat(),
        [
            "xprv9s21ZrQH143K28Y2GbdyuezDEpK2mewcC6h9CDmnpqsdgjGsp4",
            "M9EPMhtvBcBe5pLSTybhfZ4xPu3fkX8TwWqxLRineQ8nh3yTCf83i8GAi",
        ]
        .concat(),
    ];
    for key in keys {
        check(&[&format!("I sent ‹secret_key!:{key}› by mistake")]);
    }
}
