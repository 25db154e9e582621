/// How sensitive a data type is; higher is stricter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Class {
    /// Meant to be seen by everyone, such as a social handle.
    Public,
    /// Everyday details: name, e-mail address, phone number.
    Basic,
    /// Opens an account or hurts when it gets about.
    Confidential,
    /// Protected by a statute or an industry's rule.
    Sensitive,
    /// Must not be processed in a conversation at all: passwords, security codes.
    Prohibited,
}

impl Class {
    /// The class in lower case, as rules and the API write it.
    pub const fn name(self) -> &'static str {
        match self {
            Class::Public => "public",
            Class::Basic => "basic",
            Class::Confidential => "confidential",
            Class::Sensitive => "sensitive",
            Class::Prohibited => "prohibited",
        }
    }
}
