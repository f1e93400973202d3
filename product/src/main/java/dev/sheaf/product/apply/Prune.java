package dev.sheaf.product.apply;

/// Whether what is declared but not in the manifests is deleted.
public enum Prune {
    NOTHING,
    /// Products of the domains that the manifests declare.
    PRODUCTS,
    /// Every other product and domain of the node.
    EVERYTHING
}
