package dev.sheaf.rego.syntax;

/// The two dialects: v0 has bodies without `if` and sets without `contains`; v1 is that of OPA 1.
public enum RegoVersion {
    V0,
    V1
}
