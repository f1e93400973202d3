package dev.sheaf.bench.context.regions;

/// What a write does to a document, as far as it can be found there afterwards.
sealed interface Effect {
    /// The counter is greater by this.
    record Add(String field, long amount) implements Effect {}

    /// The set has this member, or the list an element with this text.
    record Member(String field, String value) implements Effect {}

    /// The register holds this number, or a later one of its only writer.
    record Version(String field, long number) implements Effect {}
}
