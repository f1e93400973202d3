package dev.sheaf.registry.search;

/// A word in a text.
///
/// @param text folded: lower case without accents, and without the ending of a plural
/// @param typed folded only
/// @param start of it in the text
/// @param end after its last character
record Word(String text, String typed, int start, int end) {}
