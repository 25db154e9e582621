//! Where things lie in a log's folder, as C2SP `tlog-tiles` lays them out.
//!
//! A *tile* holds up to 256 consecutive hashes of one level, a *bundle* up to 256 consecutive
//! entries. Numbers are written in groups of three digits, all but the last with an `x`, so that no
//! folder grows beyond a few thousand names. Partial ones end in `.p/` and their width.

/// How many hashes a full tile and how many entries a full bundle holds.
pub const WIDTH: u16 = 256;

/// Where the signed checkpoint lies.
pub const CHECKPOINT: &str = "checkpoint";

/// The path of the `number`-th tile of a level; `width` hashes, 256 for the full tile.
///
/// ```
/// assert_eq!(aside_ledger::path::tile(0, 1_234_067, 256), "tile/0/x001/x234/067");
/// assert_eq!(aside_ledger::path::tile(2, 0, 1), "tile/2/000.p/1");
/// ```
pub fn tile(level: u8, number: u64, width: u16) -> String {
    format!("tile/{level}/{}{}", grouped(number), partial(width))
}

/// The path of the `number`-th bundle of entries; `width` entries, 256 for the full bundle.
///
/// ```
/// assert_eq!(aside_ledger::path::bundle(273, 112), "tile/entries/273.p/112");
/// ```
pub fn bundle(number: u64, width: u16) -> String {
    format!("tile/entries/{}{}", grouped(number), partial(width))
}

fn grouped(number: u64) -> String {
    let mut rest = number / 1000;
    let mut path = format!("{:03}", number % 1000);
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

fn partial(width: u16) -> String {
    if width == WIDTH { String::new() } else { format!(".p/{width}") }
}

/// How many hashes of the `number`-th tile of a level a tree of `size` entries has: 0 to 256.
/// For level 0 this is also the number of entries in the bundle.
pub fn width(size: u64, level: u8, number: u64) -> u16 {
    let hashes = size.checked_shr(8 * u32::from(level)).unwrap_or(0);
    hashes.saturating_sub(number.saturating_mul(WIDTH.into())).min(WIDTH.into()) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers are the examples of C2SP tlog-tiles, sections "Merkle Tree" and "Partial Tiles".
    #[test]
    fn paths_are_those_of_the_c2sp_examples() {
        assert_eq!(tile(0, 1_234_067, WIDTH), "tile/0/x001/x234/067");
        assert_eq!(bundle(1_234_067, WIDTH), "tile/entries/x001/x234/067");
        assert_eq!(tile(63, 0, WIDTH), "tile/63/000");
        assert_eq!(tile(0, 999, 255), "tile/0/999.p/255");
        assert_eq!(tile(0, 1000, 1), "tile/0/x001/000.p/1");
        assert_eq!(bundle(1_000_000, 12), "tile/entries/x001/x000/000.p/12");
        assert_eq!(tile(0, u64::MAX, WIDTH), "tile/0/x018/x446/x744/x073/x709/x551/615");
    }

    #[test]
    fn a_tree_of_70_000_has_the_tiles_of_the_c2sp_example() {
        let widths = |level, numbers: std::ops::Range<u64>| -> Vec<u16> {
            numbers.map(|number| width(70_000, level, number)).collect()
        };
        assert!(widths(0, 0..273).iter().all(|width| *width == WIDTH));
        assert_eq!(widths(0, 273..276), [112, 0, 0]);
        assert_eq!(widths(1, 0..3), [256, 17, 0]);
        assert_eq!(widths(2, 0..2), [1, 0]);
        assert_eq!(widths(3, 0..1), [0]);
        assert_eq!(width(256, 0, 0), 256);
        assert_eq!(width(256, 1, 0), 1);
        assert_eq!(width(u64::MAX, 63, u64::MAX), 0);
    }
}
