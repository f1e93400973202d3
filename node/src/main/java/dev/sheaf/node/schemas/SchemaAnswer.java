package dev.sheaf.node.schemas;

import dev.sheaf.client.Wire;

/// What is answered.
///
/// @param json the body
/// @param subject that was changed, for the audit log; empty when nothing was
record SchemaAnswer(int status, String json, String subject) {
    static SchemaAnswer of(Object value) {
        return new SchemaAnswer(200, Wire.json().writeValueAsString(value), "");
    }

    SchemaAnswer changing(String changed) {
        return new SchemaAnswer(status, json, changed);
    }
}
