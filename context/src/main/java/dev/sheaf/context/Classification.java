package dev.sheaf.context;

/// How sensitive a field is, in rising order.
public enum Classification {
    PUBLIC,
    INTERNAL,
    PII,
    SECRET
}
