//! What the compiler checks about every secret type, so that no later `derive` undoes it.

use crate::{BrandKey, DropBoxKey, IndexKey, Keyring, Raw, RootKey, Secret, TextKey, ValueKey, ValueSealer};
use std::fmt::{Debug, Display};
use zeroize::ZeroizeOnDrop;

/// Does not compile as soon as one of the types implements one of the traits: the call would then
/// have two implementations to choose from.
macro_rules! never {
    ($trait:path: $($secret:ty),+) => {
        const _: () = {
            trait Check<Which> {
                const DONE: () = ();
            }
            struct Implements;
            impl<T: ?Sized> Check<()> for T {}
            impl<T: ?Sized + $trait> Check<Implements> for T {}
            $(let () = <$secret as Check<_>>::DONE;)+
        };
    };
}

macro_rules! secrets {
    ($($secret:ty),+) => {
        never!(Debug: $($secret),+);
        never!(Display: $($secret),+);
        never!(Clone: $($secret),+);
        never!(serde::Serialize: $($secret),+);
        const fn clears_itself<T: ZeroizeOnDrop>() {}
        const _: () = { $(clears_itself::<$secret>();)+ };
    };
}

secrets!(Raw, RootKey, BrandKey, IndexKey, Keyring, TextKey, ValueSealer, ValueKey, Secret, DropBoxKey);
