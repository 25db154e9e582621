/// What a word of the lexicon would say about somebody, and how sentences say it: what one has, what one is, what one
/// takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Said {
    /// An illness: one has it.
    Illness,
    /// What somebody with an illness is, or somebody pregnant.
    Patient,
    /// What is taken or done against an illness.
    Medicine,
    /// "Allergic to": what follows belongs to it.
    Allergy,
    /// What somebody with a disability or in need is.
    Impaired,
    /// What somebody with a disability has or uses.
    Aid,
    /// Says by itself that somebody is in danger.
    Crisis,
    /// Says that somebody died, or does the writer harm.
    Death,
    /// A genetic finding.
    Gene,
    /// An ethnic origin.
    Origin,
    /// A colour that people also are.
    Colour,
    /// A religion, or none.
    Faith,
    /// What a member of a union or a party is.
    Unionist,
    /// A union or a party: one is a member of it.
    Organisation,
    /// A party: one votes for it.
    Party,
    /// An orientation or a gender identity.
    Orientation,
    /// Woman, man, or neither.
    Gender,
    /// What somebody with an offence is.
    Offender,
    /// What somebody with an offence has.
    Record,
    /// A family status.
    Status,
    /// "I work as": what follows is the work.
    Work,
    /// What somebody without citizenship is.
    Migrant,
    /// What somebody without citizenship has.
    Permit,
    /// A word for earnings: the sum beside it counts.
    Income,
    /// A benefit by its name.
    Benefit,
    /// A word for what is on an account, or owed: the sum beside it counts.
    Balance,
    /// A credit score: the number beside it counts.
    Score,
    /// Away from home: the dates beside it count.
    Away,
    /// A phrase in which a word of the lexicon means something else.
    Nothing,
}
