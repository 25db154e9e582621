/// What of a value people may still see when it is masked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MaskShape {
    /// Nothing but the type.
    Hidden,
    /// The first letter of each word.
    Initials,
    /// The last two characters.
    LastTwo,
    /// The last four characters, as on a receipt (PCI DSS 3.4.1 allows them for cards).
    LastFour,
    /// The first letter of the mailbox and the domain's ending.
    Email,
}
