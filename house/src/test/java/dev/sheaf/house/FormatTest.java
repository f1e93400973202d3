package dev.sheaf.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// google-java-format in AOSP style. It is called here, and not by a Maven plugin, because the
/// plugins format with the JVM that runs Maven, which may be a JDK 17 that cannot read this
/// language level.
///
/// `bin/format` runs the same test with `-Dsheaf.format=fix`, which rewrites the files instead.
final class FormatTest {
    private static final int PASSES_MAX = 5;

    @Test
    void everySourceIsFormatted() throws IOException {
        Formatter formatter =
                new Formatter(
                        JavaFormatterOptions.builder()
                                .style(JavaFormatterOptions.Style.AOSP)
                                .build());
        boolean fix = "fix".equals(System.getProperty("sheaf.format"));
        List<String> wrong = new ArrayList<>();
        for (Path file : SourceTree.javaSources()) {
            String source = Files.readString(file);
            String formatted = format(formatter, file, source);
            if (source.equals(formatted)) {
                continue;
            }
            if (fix) {
                Files.writeString(file, formatted);
            } else {
                wrong.add(SourceTree.root().relativize(file).toString());
            }
        }
        assertEquals(List.of(), wrong, "not formatted; run bin/format");
    }

    private static String format(Formatter formatter, Path file, String source) {
        try {
            String formatted = formatOnce(formatter, source);
            if (formatted.equals(source)) {
                return source;
            }
            // Reflowed strings are indented only by the next pass.
            for (int pass = 0; pass < PASSES_MAX; pass++) {
                String again = formatOnce(formatter, formatted);
                if (again.equals(formatted)) {
                    return formatted;
                }
                formatted = again;
            }
            throw new IllegalStateException("formatting does not settle: " + file);
        } catch (FormatterException e) {
            throw new IllegalStateException("cannot format " + file + ": " + e.getMessage(), e);
        }
    }

    private static String formatOnce(Formatter formatter, String source) throws FormatterException {
        return formatter.formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(source));
    }
}
