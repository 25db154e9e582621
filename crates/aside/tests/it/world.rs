//! An installation with its networks and people, in the hands of a test.
