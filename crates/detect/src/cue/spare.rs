//! The room that a thread's last text took for its runs of digits and its cues, places and no text: most texts need no
//! more, and none has to be asked for.

use super::Cue;
use crate::page::Group;
use std::cell::Cell;

/// More room than this, of any kind, is not kept.
const MOST: usize = 1024;

/// Runs of digits, cues, and the words of [`super::Cues::twelfth_words`].
pub(super) type Room = (Vec<Group>, Vec<Cue>, Vec<usize>);

thread_local! {
    static ROOM: Cell<Room> = const { Cell::new((Vec::new(), Vec::new(), Vec::new())) };
}

/// Empty lists, with room in them unless another text of the thread is just being looked at.
pub(super) fn take() -> Room {
    ROOM.take()
}

/// Keeps the room of lists that nobody needs any more.
pub(super) fn keep((mut groups, mut cues, mut twelfths): Room) {
    groups.clear();
    cues.clear();
    twelfths.clear();
    if groups.capacity().max(cues.capacity()).max(twelfths.capacity()) <= MOST {
        ROOM.set((groups, cues, twelfths));
    }
}
