package dev.sheaf.context.schema;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// Finds schemas that apply themselves to the very same value, which would never end.
final class Circles {
    private final Set<CompiledSchema> done = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<CompiledSchema> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private Circles() {}

    static void find(Map<String, CompiledSchema> schemas, Faults faults) {
        Circles circles = new Circles();
        schemas.forEach((pointer, schema) -> {
            if (circles.leadsBack(schema)) {
                faults.add(
                        pointer,
                        "refers to itself without going into a member or element; such a schema"
                                + " has no meaning");
            }
        });
    }

    private boolean leadsBack(CompiledSchema schema) {
        if (open.contains(schema)) {
            return true;
        }
        if (!done.add(schema)) {
            return false;
        }
        open.add(schema);
        boolean circle = false;
        for (CompiledSchema next : schema.always()) {
            circle |= leadsBack(next);
        }
        for (CompiledSchema next : schema.sometimes()) {
            circle |= leadsBack(next);
        }
        open.remove(schema);
        return circle;
    }
}
