//! The room that a thread's last text took for its runs of digits and its cues, places and no text: most texts need no
//! more, and none has to be asked for.

use super::Cue;
use crate::page::Group;
use std::cell::Cell;

/// More room than this, of either kind, is not kept.
const MOST: usize = 1024;

thread_local! {
    static ROOM: Cell<(Vec<Group>, Vec<Cue>)> = const { Cell::new((Vec::new(), Vec::new())) };
}

/// Empty lists, with room in them unless another text of the thread is just being looked at.
pub(super) fn take() -> (Vec<Group>, Vec<Cue>) {
    ROOM.take()
}

/// Keeps the room of lists that nobody needs any more.
pub(super) fn keep(mut groups: Vec<Group>, mut cues: Vec<Cue>) {
    groups.clear();
    cues.clear();
    if groups.capacity() <= MOST && cues.capacity() <= MOST {
        ROOM.set((groups, cues));
    }
}
