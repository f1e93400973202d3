package dev.sheaf.product.publish;

/// Where a publish is.
public enum Phase {
    /// Inputs are found, brought here, digested.
    FETCH,
    /// Files are unpacked, parsed, converted, checked row by row.
    READ,
    /// Keys are compared; rejected rows are written to quarantine.
    CHECK,
    /// Rules are measured.
    QUALITY,
    /// Samples of the rows are taken, and whoever decides is asked.
    GATE,
    /// Data files are written.
    WRITE,
    /// The release becomes visible.
    COMMIT,
    /// The ledger hears of it.
    RECORD
}
