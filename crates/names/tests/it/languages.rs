use crate::people;

#[test]
fn names_are_found_in_eight_languages() {
    for (text, name) in [
        ("Guten Tag, mein Name ist Sabine Krämer und ich warte noch.", "Sabine Krämer"),
        ("ich heiße jonas vogel und habe eine frage", "jonas vogel"),
        ("Bonjour, je m'appelle Élodie Marchand.", "Élodie Marchand"),
        ("Hola, me llamo Lucía Herrero y quiero cancelar.", "Lucía Herrero"),
        ("Buongiorno, mi chiamo Chiara Rinaldi.", "Chiara Rinaldi"),
        ("Olá, meu nome é Mariana Teixeira.", "Mariana Teixeira"),
        ("Hallo, mijn naam is Femke Dijkstra.", "Femke Dijkstra"),
        ("Dzień dobry, nazywam się Katarzyna Zielińska.", "Katarzyna Zielińska"),
        ("Hej, jag heter Malin Lindqvist.", "Malin Lindqvist"),
        ("Merhaba, benim adım Zeynep Aydın", "Zeynep Aydın"),
    ] {
        assert_eq!(people(text), [name], "{text}");
    }
}

#[test]
fn names_are_found_in_other_scripts() {
    for (text, name) in [
        ("Здравствуйте, меня зовут Ольга Соколова.", "Ольга Соколова"),
        ("Με λένε Ελένη Παπαδοπούλου", "Ελένη Παπαδοπούλου"),
        ("اسمي خالد منصور", "خالد منصور"),
        ("我叫王小明，我的订单还没到。", "王小明"),
        ("私の名前は田中花子です。", "田中花子"),
        ("제 이름은 김민수입니다.", "김민수"),
    ] {
        assert_eq!(people(text), [name], "{text}");
    }
}

#[test]
fn accents_do_not_matter() {
    assert_eq!(people("Mit freundlichen Grussen, Jurgen Muller"), ["Jurgen Muller"]);
    assert_eq!(
        people("Mit freundlichen Grüßen, Ju\u{308}rgen Mu\u{308}ller"),
        ["Ju\u{308}rgen Mu\u{308}ller"]
    );
}
