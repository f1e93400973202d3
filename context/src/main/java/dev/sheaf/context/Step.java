package dev.sheaf.context;

/// One step of the way to a place in a document: a key of an object, or an element of a list by its
/// dot. Indices of lists never travel.
public sealed interface Step {
    record Key(String name) implements Step {}

    record Element(long dot) implements Step {}
}
