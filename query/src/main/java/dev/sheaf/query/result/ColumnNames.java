package dev.sheaf.query.result;

import org.apache.arrow.vector.types.pojo.Schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Names for a result's columns that differ, as members of an object must: the second `a` is `a_2`.
final class ColumnNames {
    private ColumnNames() {}

    static List<String> unique(Schema schema) {
        List<String> names = new ArrayList<>();
        Set<String> used = new HashSet<>();
        schema.getFields()
                .forEach(field -> {
                    String name = field.getName();
                    for (int n = 2; !used.add(name); n++) {
                        name = field.getName() + "_" + n;
                    }
                    names.add(name);
                });
        return names;
    }
}
