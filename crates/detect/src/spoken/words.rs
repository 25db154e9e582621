//! The number words of English, German, French, Spanish, Italian, Portuguese, Dutch and Polish.

/// What a word says within a number that is written as it is spoken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word {
    Digit(u8),
    /// 10 to 19, and compounds such as "vierundzwanzig".
    Two(u8),
    /// 20, 30, … 90, which a digit may follow: "forty-one".
    Tens(u8),
    /// French "quatre", which "vingt" may follow.
    Quatre,
    /// French "dix", which "sept", "huit" and "neuf" may follow.
    Dix,
    /// French "vingt".
    Vingt,
    /// French "soixante", which "dix" to "seize" may follow.
    Soixante,
    /// "double", "triple".
    Repeat(u8),
    /// "hundred", as in "one eight hundred": two zeros.
    Zeros,
    Plus,
    Slash,
    /// Between tens and ones, or between parts of a number.
    And,
    /// "dash", "space", "then": nothing but a pause.
    Pause,
}

/// The longest word that is looked up ("vierundsiebenzig" and the like).
pub(super) const LONGEST: usize = 20;

/// What the word, in any case, says.
pub(super) fn look_up(word: &[u8]) -> Option<Word> {
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    let lower: &[u8] = lower;
    Some(match lower {
        b"zero" | b"oh" | b"o" | b"nought" | b"naught" | b"null" | b"cero" | b"nul" => Word::Digit(0),
        b"one" | b"eins" | b"ein" | b"un" | b"une" | b"uno" | b"una" | b"um" | b"uma" | b"een" | b"jeden" => {
            Word::Digit(1)
        }
        b"two" | b"zwei" | b"zwo" | b"deux" | b"dos" | b"due" | b"dois" | b"duas" | b"twee" | b"dwa" => {
            Word::Digit(2)
        }
        b"three" | b"drei" | b"trois" | b"tres" | b"tre" | b"drie" | b"trzy" => Word::Digit(3),
        b"four" | b"vier" | b"cuatro" | b"quattro" | b"quatro" | b"cztery" => Word::Digit(4),
        b"five" | b"funf" | b"fuenf" | b"cinq" | b"cinco" | b"cinque" | b"vijf" | b"piec" => Word::Digit(5),
        b"six" | b"sechs" | b"seis" | b"sei" | b"meia" | b"zes" | b"szesc" => Word::Digit(6),
        b"seven" | b"sieben" | b"sept" | b"siete" | b"sette" | b"sete" | b"zeven" | b"siedem" => {
            Word::Digit(7)
        }
        b"eight" | b"acht" | b"huit" | b"ocho" | b"otto" | b"oito" | b"osiem" => Word::Digit(8),
        b"nine" | b"niner" | b"neun" | b"neuf" | b"nueve" | b"nove" | b"negen" | b"dziewiec" => {
            Word::Digit(9)
        }
        b"quatre" => Word::Quatre,
        b"ten" | b"zehn" | b"diez" | b"dieci" | b"dez" | b"tien" | b"dziesiec" => Word::Two(10),
        b"dix" => Word::Dix,
        b"eleven" | b"elf" | b"onze" | b"once" | b"undici" | b"jedenascie" => Word::Two(11),
        b"twelve" | b"zwolf" | b"zwoelf" | b"douze" | b"doce" | b"dodici" | b"doze" | b"twaalf" => {
            Word::Two(12)
        }
        b"thirteen" | b"dreizehn" | b"treize" | b"trece" | b"tredici" | b"treze" | b"dertien" => {
            Word::Two(13)
        }
        b"fourteen" | b"vierzehn" | b"quatorze" | b"catorce" | b"quattordici" | b"catorze" | b"veertien" => {
            Word::Two(14)
        }
        b"fifteen" | b"funfzehn" | b"fuenfzehn" | b"quinze" | b"quince" | b"quindici" | b"vijftien" => {
            Word::Two(15)
        }
        b"sixteen" | b"sechzehn" | b"seize" | b"dieciseis" | b"sedici" | b"dezesseis" | b"dezasseis"
        | b"zestien" => Word::Two(16),
        b"seventeen" | b"siebzehn" | b"diecisiete" | b"diciassette" | b"dezessete" | b"dezassete"
        | b"zeventien" => Word::Two(17),
        b"eighteen" | b"achtzehn" | b"dieciocho" | b"diciotto" | b"dezoito" | b"achttien" => Word::Two(18),
        b"nineteen" | b"neunzehn" | b"diecinueve" | b"diciannove" | b"dezenove" | b"dezanove"
        | b"negentien" => Word::Two(19),
        b"vingt" | b"vingts" => Word::Vingt,
        b"soixante" => Word::Soixante,
        b"twenty" | b"vinte" | b"venti" => Word::Tens(20),
        b"thirty" | b"trente" | b"treinta" | b"trinta" | b"trenta" => Word::Tens(30),
        b"forty" | b"fourty" | b"quarante" | b"cuarenta" | b"quarenta" | b"quaranta" => Word::Tens(40),
        b"fifty" | b"cinquante" | b"cincuenta" | b"cinquenta" | b"cinquanta" => Word::Tens(50),
        b"sixty" | b"sesenta" | b"sessenta" | b"sessanta" => Word::Tens(60),
        b"seventy" | b"septante" | b"setenta" | b"settanta" => Word::Tens(70),
        b"eighty" | b"huitante" | b"octante" | b"ochenta" | b"oitenta" | b"ottanta" => Word::Tens(80),
        b"ninety" | b"nonante" | b"noventa" | b"novanta" => Word::Tens(90),
        b"double" | b"doppel" | b"doppelt" | b"doppelte" | b"doble" | b"zweimal" | b"doppio" | b"duplo" => {
            Word::Repeat(2)
        }
        b"triple" | b"treble" | b"dreimal" | b"dreifach" | b"triplo" => Word::Repeat(3),
        b"hundred" | b"hundert" => Word::Zeros,
        b"plus" | b"mas" => Word::Plus,
        b"slash" | b"schragstrich" => Word::Slash,
        b"and" | b"und" | b"et" | b"y" | b"e" | b"en" => Word::And,
        b"dash" | b"hyphen" | b"space" | b"then" | b"dann" | b"puis" | b"luego" | b"tiret" | b"guion"
        | b"strich" | b"bindestrich" | b"espace" | b"espacio" | b"leerzeichen" => Word::Pause,
        _ => return compound(lower),
    })
}

/// "einundvierzig", "vierentwintig", "veintidos", "trentadue": two digits in one word.
fn compound(word: &[u8]) -> Option<Word> {
    const GERMAN: [&[u8]; 8] =
        [b"zwanzig", b"dreissig", b"vierzig", b"funfzig", b"sechzig", b"siebzig", b"achtzig", b"neunzig"];
    const DUTCH: [&[u8]; 8] =
        [b"twintig", b"dertig", b"veertig", b"vijftig", b"zestig", b"zeventig", b"tachtig", b"negentig"];
    const ITALIAN: [&[u8]; 8] =
        [b"vent", b"trent", b"quarant", b"cinquant", b"sessant", b"settant", b"ottant", b"novant"];
    if word.len() < 6 {
        return None;
    }
    for (tens, joint) in [(GERMAN, b"und".as_slice()), (DUTCH, b"en")] {
        let Some((place, stem)) =
            tens.iter().enumerate().find_map(|(place, tens)| Some((place, word.strip_suffix(*tens)?)))
        else {
            continue;
        };
        let tens = 20 + place as u8 * 10;
        if stem.is_empty() {
            return Some(Word::Two(tens));
        }
        if let Some(Word::Digit(ones @ 1..)) = stem.strip_suffix(joint).and_then(look_up) {
            return Some(Word::Two(tens + ones));
        }
    }
    // German spellings without the sharp s and the umlaut.
    match word {
        b"dreisig" => return Some(Word::Two(30)),
        b"fuenfzig" => return Some(Word::Two(50)),
        _ => {}
    }
    if let Some(ones) = word.strip_prefix(b"veinti") {
        let Some(Word::Digit(ones @ 1..)) = look_up(ones) else { return None };
        return Some(Word::Two(20 + ones));
    }
    ITALIAN.iter().enumerate().find_map(|(place, tens)| {
        let rest = word.strip_prefix(*tens)?;
        let ones = rest.strip_prefix(b"a").or_else(|| rest.strip_prefix(b"i")).unwrap_or(rest);
        let Some(Word::Digit(ones @ 1..)) = look_up(ones) else { return None };
        Some(Word::Two(20 + place as u8 * 10 + ones))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_in_one_word_are_read() {
        for (word, value) in [
            ("einundvierzig", 41),
            ("Vierundsechzig", 64),
            ("dreissig", 30),
            ("vierentwintig", 24),
            ("veintidos", 22),
            ("veintiun", 21),
            ("trentadue", 32),
            ("ventuno", 21),
            ("quarantotto", 48),
        ] {
            assert_eq!(look_up(word.as_bytes()), Some(Word::Two(value)), "{word}");
        }
        for no in ["undvierzig", "zwanzigste", "trentasette1", "fouronefouronefouronefour", "veinti"] {
            assert_eq!(look_up(no.as_bytes()), None, "{no}");
        }
    }
}
