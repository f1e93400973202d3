package dev.sheaf.node.registry;

/// What a region may know of a product.
enum Export {
    /// Not even that it is there.
    NONE,
    /// What it is, without what only may go where its data may go.
    REDUCED,
    /// All that manifests say.
    FULL
}
