package dev.sheaf.contract;

/// The open standards that Sheaf reads.
public enum Standard {
    /// Open Data Contract Standard, `kind: DataContract`.
    ODCS("DataContract"),
    /// Open Data Product Standard, `kind: DataProduct`.
    ODPS("DataProduct");

    private final String kind;

    Standard(String kind) {
        this.kind = kind;
    }

    public String kind() {
        return kind;
    }
}
