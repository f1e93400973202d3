package dev.sheaf.rego.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Optional;

final class BuiltinsTest {
    @Test
    void everyFunctionIsFoundByItsName() {
        Builtins.all()
                .keySet()
                .forEach(name -> assertEquals(name, Builtins.find(name).orElseThrow().name()));
    }

    @Test
    void whatIsNoFunctionIsNotFound() {
        for (String name : new String[] {"", "time", "strings.", "json.schema_", "no.such", "x"}) {
            assertEquals(Optional.empty(), Builtins.find(name));
        }
    }
}
