package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// OPA's published cases of some groups, each one test.
final class ConformanceCases {
    private ConformanceCases() {}

    /// @param folder of cases, as OPA names it
    static Stream<DynamicTest> of(String folder) {
        String root = System.getProperty("sheaf.testdata");
        assumeTrue(root != null, "test data is not here: sheaf.testdata is not set");
        Path file = Path.of(root, "opa-conformance", "dev", folder + ".json");
        ObjectValue group;
        try {
            group = (ObjectValue) JsonValues.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ((ArrayValue) field(group, "cases"))
                .items().stream()
                        .map(ObjectValue.class::cast)
                        .map(one -> DynamicTest.dynamicTest(text(one, "note"), () -> check(one)));
    }

    private static Value field(ObjectValue object, String name) {
        Value value = object.get(name);
        return value == null ? fail("no field " + name) : value;
    }

    private static String text(ObjectValue object, String name) {
        return ((StringValue) field(object, name)).value();
    }

    private static void check(ObjectValue one) {
        String source = ((StringValue) ((ArrayValue) field(one, "modules")).get(0)).value();
        String query = text(one, "query");
        String rule = query.substring(query.lastIndexOf('.') + 1, query.indexOf(" ="));
        Value input = one.get("input");
        boolean isStrict = one.get("strict_error") == BooleanValue.TRUE;
        @Nullable Value actual;
        try {
            actual =
                    new CaseModule(
                                    source,
                                    input == null ? NullValue.NULL : input,
                                    (ObjectValue) one.get("data"),
                                    isStrict,
                                    new FixedSurroundings())
                            .rule(rule);
        } catch (CaseModule.Unreadable e) {
            abort("not for the small reader: " + e.getMessage());
            return;
        } catch (BuiltinFault fault) {
            checkFault(one, fault);
            return;
        }
        if (one.get("want_result") == null) {
            fail("a fault is wanted, not " + actual);
        }
        ArrayValue results = (ArrayValue) field(one, "want_result");
        Value expected = results.size() == 0 ? null : ((ObjectValue) results.get(0)).get("x");
        assertEquals(expected, actual == null ? null : JsonValues.of(JsonValues.toJson(actual)));
    }

    private static void checkFault(ObjectValue one, BuiltinFault fault) {
        String actual = fault.code() + ": " + fault.getMessage();
        if (one.get("want_error_code") == null && one.get("want_error") == null) {
            fail("no fault is wanted: " + actual);
        }
        if (one.get("want_error_code") instanceof StringValue code) {
            assertEquals(code.value(), fault.code(), actual);
        }
        if (one.get("want_error") instanceof StringValue error) {
            assertTrue(actual.contains(error.value()), actual);
        }
    }
}
