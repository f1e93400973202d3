package dev.sheaf.context.schema;

import java.util.ArrayList;
import java.util.List;

/// Gathers what is wrong with a schema.
final class Faults {
    private static final int FAULTS_MAX = 100;

    private final List<SchemaFault> faults = new ArrayList<>();

    void add(String pointer, String message) {
        SchemaFault fault = new SchemaFault(pointer, message);
        if (faults.size() < FAULTS_MAX && !faults.contains(fault)) {
            faults.add(fault);
        }
    }

    List<SchemaFault> all() {
        return faults;
    }
}
