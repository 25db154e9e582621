//! What a piece of text is called.

/// What an entity is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
pub enum Label {
    /// A person's name: given name, surname or both, with initials, without titles.
    Person = 0,
    /// A place: country, region, city, street.
    Place = 1,
    /// A company, an institution, a club, a band.
    Organisation = 2,
}

impl Label {
    pub(crate) const ALL: [Label; 3] = [Label::Person, Label::Place, Label::Organisation];
}

/// How many tags there are: outside, and two for each label.
pub(crate) const TAGS: usize = 7;

/// A tag: 0 is outside, odd tags begin an entity, even ones go on with it.
pub(crate) type Tag = u8;

pub(crate) const OUTSIDE: Tag = 0;

#[cfg(feature = "train")]
pub(crate) const fn begin(label: Label) -> Tag {
    label as u8 * 2 + 1
}

#[cfg(feature = "train")]
pub(crate) const fn inside(label: Label) -> Tag {
    label as u8 * 2 + 2
}

/// The label of a tag, and whether the tag begins an entity.
pub(crate) fn meaning(tag: Tag) -> Option<(Label, bool)> {
    let which = tag.checked_sub(1)?;
    Some((Label::ALL[usize::from(which / 2)], which % 2 == 0))
}

/// Whether `next` may follow `previous`: an entity goes on only with its own label.
#[cfg(feature = "train")]
pub(crate) const fn may_follow(previous: Tag, next: Tag) -> bool {
    next == OUTSIDE || next % 2 == 1 || previous == next || previous + 1 == next
}
