//! Folders, keys, disks and configurations that are not as they should be: said in a line, and nothing lost.
