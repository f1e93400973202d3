package dev.sheaf.rego.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.rego.conformance.ConformanceCase;
import dev.sheaf.rego.conformance.ConformanceOutcome;
import dev.sheaf.rego.conformance.ConformanceRunner;
import dev.sheaf.rego.engine.CompileOptions;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The functions against OPA's cases.
class TextConformanceTest {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregates",
                "arithmetic",
                "array",
                "base64builtins",
                "base64urlbuiltins",
                "bitsand",
                "bitsnegate",
                "bitsor",
                "bitsshiftleft",
                "bitsshiftright",
                "bitsxor",
                "casts",
                "comparisonexpr",
                "globmatch",
                "globquotemeta",
                "globsmatch",
                "hexbuiltins",
                "intersection",
                "jsonbuiltins",
                "jsonfilter",
                "jsonfilteridempotent",
                "jsonpatch",
                "jsonremove",
                "jsonremoveidempotent",
                "numbersrange",
                "numbersrangestep",
                "objectfilter",
                "objectfilteridempotent",
                "objectfilternonstringkey",
                "objectget",
                "objectkeys",
                "objectremove",
                "objectremoveidempotent",
                "objectremovenonstringkey",
                "objectunion",
                "objectunionn",
                "rand",
                "reachable",
                "regexfind",
                "regexfindallstringsubmatch",
                "regexisvalid",
                "regexmatch",
                "regexmatchtemplate",
                "regexreplace",
                "regexsplit",
                "replacen",
                "semvercompare",
                "semverisvalid",
                "sets",
                "sprintf",
                "stringinterpolation",
                "strings",
                "subset",
                "time",
                "trim",
                "trimleft",
                "trimprefix",
                "trimright",
                "trimspace",
                "trimsuffix",
                "typebuiltin",
                "typenamebuiltin",
                "union",
                "units",
                "urlbuiltins",
                "uuid",
                "walkbuiltin"
            })
    void agreesWithOpa(String group) throws IOException {
        Path testdata = Path.of(System.getProperty("sheaf.testdata", "testdata"));
        Path file = testdata.resolve("opa-conformance/dev/" + group + ".json");
        assumeTrue(Files.exists(file), "no conformance cases; set sheaf.testdata");
        ConformanceRunner runner =
                new ConformanceRunner(
                        CompileOptions.ALL_GRANTED, new Random(1), () -> 1, System::nanoTime);
        List<String> failures = new ArrayList<>();
        for (ConformanceCase each : ConformanceCase.read(MAPPER.readTree(Files.readString(file)))) {
            // That one sleeps with a function that only OPA's own tests have.
            boolean isOwnFunction =
                    each.modules().stream().anyMatch(text -> text.contains("test.sleep"));
            if (!isOwnFunction && runner.run(each) instanceof ConformanceOutcome.Failed failed) {
                failures.add(each.note() + ": " + failed.difference());
            }
        }
        assertEquals(List.of(), failures);
    }
}
