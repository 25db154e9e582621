//! Dropping the counters that count for somebody. Their names are `word/id…`, and there may be very many: so
//! each word is looked up once, and then each id under it, and no row of anybody else is read.

use crate::{
    cells::{Only, Value, list, read_all},
    conn::{Conn, Step},
    error::Trouble,
};
use aside_model::BrandId;

statements! {
    NEXT_COUNTER(
        "SELECT counter FROM counters WHERE brand = $1 AND counter >= $2 ORDER BY counter LIMIT 1"
    );
    COUNTERS("DELETE FROM counters WHERE brand = $1 AND counter = ANY($2::text[])");
    COUNTERS_BELOW(
        "DELETE FROM counters USING unnest($2::text[], $3::text[]) AS gone (below, beyond) ",
        "WHERE counters.brand = $1 AND counters.counter > gone.below AND counters.counter < gone.beyond"
    );
}

/// The statements that drop every counter whose name has one of the ids after its first word.
pub(super) async fn dropping(
    conn: &mut Conn,
    brand: BrandId,
    ids: impl Iterator<Item = String>,
) -> Result<Vec<Step>, Trouble> {
    let words = words(conn, brand).await?;
    let names: Vec<String> =
        ids.flat_map(|id| words.iter().map(move |word| format!("{word}/{id}")).collect::<Vec<_>>()).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    // The character after the slash in order is the zero.
    let with =
        |end: &str| Value::List(names.iter().map(|name| Value::Text(format!("{name}{end}"))).collect());
    Ok(vec![
        Step::new(COUNTERS, bind![brand, list(&names)]),
        Step::new(COUNTERS_BELOW, bind![brand, with("/"), with("0")]),
    ])
}

/// What stands before the first slash of the brand's counters, each once.
async fn words(conn: &mut Conn, brand: BrandId) -> Result<Vec<String>, Trouble> {
    let mut words = Vec::new();
    let mut from = String::new();
    loop {
        let answers = conn.run(&[Step::new(NEXT_COUNTER, bind![brand, from])]).await?;
        let next: Vec<Only<String>> = read_all(&answers.concat())?;
        from = match next.first() {
            None => return Ok(words),
            Some(Only(counter)) => match counter.split_once('/') {
                Some((word, _)) => {
                    words.push(word.to_owned());
                    format!("{word}0")
                }
                None => format!("{counter}\u{1}"),
            },
        };
    }
}
