use crate::marked::{check, check_clean};

#[test]
fn a_password_is_found_as_the_value_alone() {
    check(&[
        "my password is ‹password:hunter2›",
        "Password: ‹password:correcthorse›",
        "Passwort: ‹password:Geheim123!›",
        "mein Passwort lautet ‹password:Sommer2024›.",
        "mot de passe : ‹password:s3cret›",
        "mi contraseña es ‹password:luna77›",
        "la mia password è ‹password:gatto99›",
        "minha senha é ‹password:abc123›",
        "mijn wachtwoord is ‹password:fiets42›",
        "moje hasło to ‹password:kotek12›",
        "pw=‹password:x9$kk›",
        "password \"‹password:two words›\"",
        "password ‹password:Tr0ub4dor›",
        "the password for my account is ‹password:Blue42sky›",
    ]);
    check_clean(&[
        "I forgot my password",
        "password reset",
        "my password is not working",
        "the password is wrong",
        "Passwort vergessen",
        "mein Passwort ist falsch",
        "mot de passe oublié",
        "change my password please",
        "how do I reset my password?",
        "password manager",
        "the password reset link is broken",
    ]);
}

#[test]
fn a_password_of_no_sign_or_one_is_none() {
    check_clean(&[
        "  als ww",
        " als Passwort",
        "als ww",
        "x als ww",
        "é als Passwort",
        "as password",
        "  as the password",
    ]);
}

#[test]
fn a_one_time_code_is_found_by_cue() {
    check(&[
        "your verification code is ‹otp:482913›",
        "OTP: ‹otp:4829›",
        "code ‹otp:482-913›",
        "the code is ‹otp:482 913›",
        "‹otp:482913› is your verification code",
        "Bestätigungscode: ‹otp:482913›",
        "Ihre TAN lautet ‹otp:482913›",
        "code de vérification : ‹otp:482913›",
        "código de verificación ‹otp:482913›",
        "codice di verifica ‹otp:482913›",
        "código de verificação é ‹otp:482913›",
        "verificatiecode ‹otp:482913›",
        "kod weryfikacyjny: ‹otp:482913›",
        "G-‹otp:482913› is your code",
        "security code ‹otp:482913›",
    ]);
    check_clean(&[
        "error code 4829",
        "promo code 482913",
        "discount code: 482913",
        "the code for order 482913",
        "code of conduct 2024 edition",
    ]);
}

/// Put together at run time, so that no scanner of repositories takes the test for a leak.
fn key(prefix: &str, rest: &str) -> String {
    format!("{prefix}{rest}")
}

#[test]
fn a_vendors_key_is_found() {
    let (upper, alnum, hex) =
        ("Q3EXAMPLE7Q2R5T8", "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5", "0123456789abcdef0123456789abcdef");
    let keys = [
        key("AKIA", upper),
        key("ASIA", upper),
        key("github_pat_", &(alnum.to_owned() + "_" + alnum)),
        key("glpat-", &alnum[..20]),
        key("xoxb-", "123456789012-123456789012-abcdefABCDEF"),
        key("xoxp-", "123456789012-123456789012-abcdefABCDEF"),
        key("sk_live_", &alnum[..24]),
        key("rk_live_", &alnum[..24]),
        key("AIza", &alnum[..35]),
        key("GOCSPX-", &alnum[..28]),
        key("SG.", &(alnum[..22].to_owned() + "." + alnum + "1234567")),
        key("SK", hex),
        key("key-", hex),
        key("sk-ant-", alnum),
        key("hf_", &alnum[..34]),
        key("shpat_", hex),
        key("dop_v1_", &(hex.to_owned() + hex)),
        key("hvs.", alnum),
        key("NRAK-", "ABCDEFGHIJKLMNOPQRSTUVWXYZ1"),
        key("eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc-DEF_123"),
    ];
    for key in keys {
        check(&[&format!("use ‹secret_key!:{key}› now"), &format!("key=‹secret_key!:{key}›.")]);
    }
}

#[test]
fn a_private_key_is_found_whole() {
    let dashes = "-----";
    let block = format!(
        "{dashes}BEGIN RSA PRIVATE KEY{dashes}\nMIIEow+/12\nabc=\n{dashes}END RSA PRIVATE KEY{dashes}"
    );
    check(&[
        &format!("here ‹private_key!:{block}› thanks"),
        &format!("cut ‹private_key!:{dashes}BEGIN PRIVATE KEY{dashes}\nMIIEow+/12abc›, sorry"),
        &format!("cut ‹private_key!:{dashes}BEGIN PRIVATE KEY{dashes}\nMIIEow+/12abc›\nthanks\nAnna"),
    ]);
    let armoured = format!(
        "{dashes}BEGIN RSA PRIVATE KEY{dashes}\nProc-Type: 4,ENCRYPTED\n\nMIIEow\n{dashes}END RSA PRIVATE KEY{dashes}"
    );
    check(&[&format!("‹private_key!:{armoured}›")]);
    check_clean(&[&format!("{dashes}BEGIN PUBLIC KEY{dashes}\nMIIEow\n{dashes}END PUBLIC KEY{dashes}")]);
}

#[test]
fn what_only_begins_like_a_key_is_none() {
    check_clean(&[
        "AKIA",
        "SKILLS",
        "key-note speech",
        "npm_install",
        "hf_model",
        "eyJhello",
        "sk_live_short",
    ]);
}

#[test]
fn a_key_with_a_checksum_is_certain_only_if_that_is_right() {
    // The example of the page on which GitHub explains the checksum.
    let (right, wrong) = ("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17", "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5");
    for prefix in ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_"] {
        check(&[
            &format!("use ‹secret_key!:{}› now", key(prefix, right)),
            &format!("use ‹secret_key:{}› now", key(prefix, wrong)),
        ]);
    }
}

#[test]
fn a_key_that_only_its_form_gives_away_is_found() {
    let hex = "3f9a0c7be14d582660a1f7c9d3b8e215";
    let keys = [
        key("SK", hex),
        key(hex, "-us14"),
        key("pat", "aB3dE5fG7hJ9kL") + "." + hex + hex,
        key("1234567890:", "AAF3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3z"),
        key("MTE4NzY1NDMyMTA5ODc2NTQz", ".GaBcDe.3dE5fG7hJ9kL1mN3pQ5rS7tU9vW"),
    ];
    for key in keys {
        check(&[&format!("look: ‹secret_key!:{key}›, thanks")]);
    }
    check_clean(&[
        "commit 3f9a0c7be14d582660a1f7c9d3b8e21537aa01bc broke it",
        "md5 3f9a0c7be14d582660a1f7c9d3b8e215",
        "SKU SK1234567890",
    ]);
}

#[test]
fn a_secret_that_is_named_and_random_is_found() {
    let value = key("q8Zt3LmX", "92vRk7WpYs4B");
    for cue in [
        "api_key=",
        "API key: ",
        "my api key is ",
        "client_secret = ",
        "\"api_key\": \"",
        "Authorization: Bearer ",
        "access token ",
        "AWS_SECRET_ACCESS_KEY=",
        "API-Schlüssel: ",
        "clé API : ",
        "clave API: ",
        "chiave API: ",
        "chave de API: ",
        "API-sleutel: ",
        "klucz API: ",
        "API-nyckel: ",
    ] {
        check(&[&format!("{cue}‹secret_key:{value}›")]);
    }
    check_clean(&[
        "the api key does not work",
        "api key: none",
        "where is my api key?",
        "token expired yesterday at 12:30",
        "api_key = your_api_key_goes_here",
        "secret santa 2024 was great",
        "the secret is out: see page 2024/12/secret-sale-begins",
        "access token aaaaaaaaaaaaaaaaaaaaaaaa1111",
    ]);
}

#[test]
fn an_address_with_a_password_is_found_whole() {
    let address = key("postgres://app:", "s3cr3t-77@db.example.com:5432/shop?sslmode=require");
    check(&[
        &format!("it is ‹connection_string:{address}›."),
        &format!(
            "DATABASE_URL=‹connection_string:{}›",
            key("mongodb+srv://admin:", "Pa55@cluster0.example.net/test")
        ),
        &format!("\"‹connection_string:{}›\"", key("redis://:", "hunter22@10.0.0.7:6379/0")),
        &format!("clone ‹connection_string:{}›", key("https://anna:", "gl0bal@git.example.com/a/b.git")),
    ]);
    let found = aside_detect::Detector::new()
        .detect("postgres://app:****@db.example.com and ssh://git@example.com:22/a");
    assert!(found.iter().all(|finding| finding.kind != "connection_string"));
}

#[test]
fn a_seed_phrase_is_found_by_its_words_and_their_checksum() {
    // Test vectors of BIP-39's reference implementation.
    let twelve = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    let abandon =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    let eighteen = "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter always";
    let twenty_four =
        "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote";
    for phrase in [twelve, abandon, eighteen, twenty_four] {
        check(&[
            &format!("my seed phrase is ‹seed_phrase!:{phrase}›"),
            &format!("‹seed_phrase!:{phrase}›, does not work"),
            &format!("Seed phrase: ‹seed_phrase!:{}›", phrase.replace(' ', "\n")),
            &format!("‹seed_phrase!:{}›", phrase.replace(' ', ", ").to_uppercase()),
        ]);
    }
    let numbered: Vec<String> =
        twelve.split(' ').enumerate().map(|(i, word)| format!("{}. {word}", i + 1)).collect();
    check(&[&format!("{}›", numbered.join("\n").replacen("legal", "‹seed_phrase!:legal", 1))]);
}

#[test]
fn a_seed_phrase_is_found_wherever_it_begins_in_a_row_of_words() {
    let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    for before in 0..26 {
        for after in [0, 1, 11, 12, 13] {
            let (before, after) = ("xenon ".repeat(before), " xenon".repeat(after));
            check(&[&format!("{before}‹seed_phrase!:{phrase}›{after}")]);
        }
    }
}

#[test]
fn a_seed_phrase_with_a_wrong_word_is_still_a_secret() {
    check(&[
        "‹seed_phrase:legal winner thank year wave sausage worth useful legal winner thank zoo›",
        "meine Wiederherstellungsphrase: ‹seed_phrase:legal winner thank year wave sausage worth useful legal winner thank zoo› apple",
    ]);
    check_clean(&[
        "legal winner thank year wave sausage worth useful legal winner thank",
        "where can I find my seed phrase and how should I write it down, on paper or in the app",
        "I wrote about the wave in the year that my family went to visit another country and we had a good time",
    ]);
}

#[test]
fn passwords_in_sixteen_languages() {
    check(&[
        "mit kodeord er ‹password:sommer2023› og det afvises",
        "lösenord: ‹password:Blomma99›",
        "passordet er ‹password:Fjord2024›",
        "salasana on: ‹password:Kesä2024›",
        "şifrem: ‹password:galata1905›",
        "heslo mám ‹password:Slunicko55›",
        "jelszó: ‹password:Balaton77›",
        "parola mea este: ‹password:Carpati7›",
        "la pass è ‹password:Gattino!77› e non entra",
        "ww is ‹password:Welkom01!›",
        "temp pass you gave me was ‹password:Welcome2024›, doesn't work",
        "Server=db;Uid=app;Password=‹password:Xk29fjq›;Database=shop",
        "Passwort:\n‹password:Geheim123›",
    ]);
    check_clean(&[
        "my boarding pass 12A is not loading",
        "the pass is cheaper online",
        "password: ********",
        "mein Passwort ist abgelaufen",
        "ma mot de passe est toujours refusé",
        "mi contraseña está mal",
        "la password è scaduta",
        "a senha está errada",
        "het wachtwoord is verlopen",
        "hasło jest nieprawidłowe",
        "şifremi unuttum",
        "glömt lösenord",
        "never share your password with anybody",
        "password reset does not work since 12:30",
    ]);
}

#[test]
fn one_time_codes_with_letters_and_in_more_languages() {
    check(&[
        "your verification code is ‹otp:A7K9QZ›",
        "Bestätigungscode: ‹otp:X4T9P2›",
        "koden ‹otp:408 115› säger ni är fel",
        "engangskode: ‹otp:4821 93›".replace("4821 93", "482193").as_str(),
        "vahvistuskoodi: ‹otp:482193›",
        "doğrulama kodu: ‹otp:482193›",
        "ověřovací kód: ‹otp:482193›",
        "‹otp:481922› is your code",
        "your code:\n‹otp:481922›",
    ]);
    check_clean(&[
        "OTP never arrived",
        "the code is not working",
        "my OTP expired after 30 seconds",
        "code 13016 on the router display",
        "der Code kommt nicht an",
        "le code n'arrive jamais",
        "enter the verification code within 10 minutes",
        "we will never ask for your code",
        "the error code is 2371",
    ]);
}

#[test]
fn recovery_codes_are_found_one_by_one() {
    check(&[
        "my backup codes: ‹recovery_code:a1b2c-3d4e5› ‹recovery_code:f6g7h-8i9j0›",
        "recovery code ‹recovery_code:4821 9930›",
        "Wiederherstellungscodes:\n‹recovery_code:8f3k-22mq-91xz›\n‹recovery_code:7d2m-40pp-61aa›",
        "codes de secours : ‹recovery_code:48219930›",
        "códigos de respaldo: ‹recovery_code:48219930›",
    ]);
    check_clean(&["where are my backup codes?", "recovery codes do not work since version 2024"]);
}

#[test]
fn a_security_answer_is_found_by_cue() {
    check(&[
        "my mother's maiden name is ‹security_answer:Featherstone›",
        "first pet: ‹security_answer:Biscuit›",
        "first pet ‹security_answer:Biscuit›, that's my security answer, now let me in",
        "memorable word is ‹security_answer:lighthouse›, ok? now unblock me",
        "der Mädchenname meiner Mutter ist ‹security_answer:Zielke›",
        "le nom de jeune fille de ma mère est ‹security_answer:Lefèvre›",
        "el apellido de soltera de mi madre es ‹security_answer:García López›",
        "il cognome da nubile di mia madre è ‹security_answer:Bellandi›",
        "o nome de solteira da minha mãe é ‹security_answer:Nogueira›",
        "de meisjesnaam van mijn moeder is ‹security_answer:El Amrani›",
        "nazwisko panieńskie matki to ‹security_answer:Zielińska›",
        "mors flicknamn är ‹security_answer:Lindqvist›",
        "annemin kızlık soyadı: ‹security_answer:Yıldız›",
    ]);
    check_clean(&[
        "what is your mother's maiden name?",
        "I forgot the answer to my security question",
        "you asked for my mother's maiden name and then hung up",
        "my memorable word is not accepted",
        "my first car broke down on the way to you",
        "mein erstes Haustier war nicht die Frage",
    ]);
}

#[test]
fn codes_and_passwords_in_other_scripts() {
    check(&[
        "код из смс ‹otp:4471› не подходит",
        "код подтверждения: ‹otp:482193›",
        "認証コードは‹otp:493027›ですが無効と出ます",
        "인증번호 ‹otp:583920› 왔는데 제가 요청한거 아니에요",
        "验证码是‹otp:583920›",
        "رمز التحقق ‹otp:٥٨٣٩٢٠› وصلني",
        "пароль: ‹password:Zima2024›",
        "密码是‹password:abc12345›",
        "パスワードは‹password:Sakura77!›です".replace("です", "").as_str(),
        "пин-код ‹pin:4471›",
    ]);
    check_clean(&[
        "пароль не работает",
        "забыл пароль: не помню совсем",
        "код ошибки 4829",
        "验证码没收到",
        "パスワードを忘れました",
    ]);
}

#[test]
fn a_password_under_a_key_in_quotes_and_before_its_word_is_found() {
    check(&[
        "{\"password\": \"‹password:Fluffy#99›\"}",
        "{'user_password' : '‹password:hunter2!›'}",
        "I use ‹password:Fluffy#99› as my password everywhere",
    ]);
    check_clean(&[
        "fn hash_password(password: &str, salt: &str) -> String",
        "you can pass `&str` to it",
        "a password to protect your key",
        "Palau, PW 96940",
        "I use the same word as my password hint",
    ]);
}

#[test]
fn a_code_before_what_it_is_for_is_found() {
    check(&[
        "Use ‹otp:483 920› to log in.",
        "enter ‹otp:471193› to verify your account",
        "‹otp:471193› is your Acme verification code",
        "Your OTP for login is ‹otp:829337›. Do not share it.",
    ]);
    check_clean(&["I had 4711 reasons to log in", "go to page 1234 to verify your address"]);
}

#[test]
fn what_is_said_of_a_password_is_none() {
    check_clean(&[
        "the link for a new password is dead before the mail arrives",
        "my password is automatically filled in by the browser",
        "the password is either too old or too short for your new rules",
        "password is annoying to type on the phone",
        "the new password is awesome!",
    ]);
    check(&[
        "my password is ‹password:sunshine› and it does not work",
        "the password is ‹password:banana›, try it",
    ]);
}
