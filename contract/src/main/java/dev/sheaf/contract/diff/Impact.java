package dev.sheaf.contract.diff;

/// Whom a change concerns, by two questions: can a consumer who relies on the old contract go on
/// unchanged with data kept to the new one, and does data kept to the old contract (so: its
/// producer) keep to the new one?
///
/// Ordered from harmless to grave.
public enum Impact {
    /// Nothing about the data or the promises for it: words, tags, names for people.
    COSMETIC,
    /// Producers go on unchanged, and so do consumers of the shape of the data. What is promised of
    /// values, quality or service may have become weaker or wider: consumers who rely on that look
    /// again.
    BACKWARD,
    /// Consumers go on unchanged; producers must deliver more or keep to stricter rules. Data kept
    /// to the old contract may be refused.
    FORWARD,
    /// Consumers' queries can fail, lose rows, see nulls or duplicates, or silently mean something
    /// else: shape, keys and presence that were promised are gone. Needs a new major version.
    BREAKING
}
