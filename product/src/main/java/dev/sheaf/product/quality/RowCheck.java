package dev.sheaf.product.quality;

/// One thing that a row can break.
///
/// @param rule its name in quarantine, for example `required` or `pattern`
/// @param column the contract's column, empty when it is about the whole row
/// @param broken a SQL condition, true for a row that breaks it; null and false both mean it does
///   not
/// @param value a SQL expression of type VARCHAR: what is wrong
public record RowCheck(String rule, String column, String broken, String value) {}
