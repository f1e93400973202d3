package dev.sheaf.product.erase;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Run;
import dev.sheaf.product.ingest.SqlText;

import tools.jackson.core.io.JsonStringEncoder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Takes rejected rows away. They are texts of whatever was delivered, so a person's are those in
/// which the person's name for it stands as a word, in one of the ways in which CSV and JSON write
/// it.
final class QuarantineSearch {
    private static final String ROWS = "rows.parquet";

    private final Lake lake;
    private final Ledger ledger;
    private final ProductName product;
    private final Path scratch;
    private final Function<List<Path>, EngineSession> sessions;

    QuarantineSearch(
            Lake lake,
            Ledger ledger,
            ProductName product,
            Path scratch,
            Function<List<Path>, EngineSession> sessions) {
        this.lake = lake;
        this.ledger = ledger;
        this.product = product;
        this.scratch = scratch;
        this.sessions = sessions;
    }

    /// How many rows go.
    ///
    /// @param isDryRun only counts
    long remove(Selection selection, boolean isDryRun) {
        long rows = 0;
        for (Run run : ledger.runs(product, Integer.MAX_VALUE)) {
            Optional<String> file = run.quarantine().map(location -> location + ROWS);
            if (file.isPresent() && lake.files().newInputFile(file.get()).exists()) {
                rows +=
                        switch (selection) {
                            case RowSelection.OfSubject subject ->
                                    filter(file.get(), condition(subject.value()), isDryRun);
                            case RowSelection.Before before ->
                                    old(run, file.get(), before.cutoff(), isDryRun);
                            case Selection.ReleasesBefore before ->
                                    old(run, file.get(), before.cutoff(), isDryRun);
                        };
            }
        }
        return rows;
    }

    private long old(Run run, String file, Instant cutoff, boolean isDryRun) {
        return run.finishedAt().orElse(run.startedAt()).isBefore(cutoff)
                ? filter(file, "true", isDryRun)
                : 0;
    }

    private long filter(String location, String condition, boolean isDryRun) {
        Path local = Lake.localFile(location).orElseGet(() -> fetched(location));
        try (EngineSession session = sessions.apply(List.of(local))) {
            String from = " FROM read_parquet(" + SqlText.text(local.toString()) + ")";
            long rows = session.query("SELECT count(*)" + from + " WHERE " + condition).onlyLong();
            if (rows > 0 && !isDryRun) {
                Path left = Files.createTempFile(scratch, "quarantine-", ".parquet");
                session.execute(
                        "COPY (SELECT *"
                                + from
                                + " WHERE NOT ("
                                + condition
                                + ")) TO "
                                + SqlText.text(left.toString())
                                + " (FORMAT parquet, COMPRESSION zstd)");
                lake.upload(left, location);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path fetched(String location) {
        try (InputStream in = lake.files().newInputFile(location).newStream()) {
            Path copy = Files.createTempFile(scratch, "quarantine-", ".parquet");
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String condition(String value) {
        Set<String> ways = new LinkedHashSet<>();
        ways.add(value);
        ways.add(value.replace("\"", "\"\""));
        ways.add(new String(JsonStringEncoder.getInstance().quoteAsCharArray(value)));
        String pattern =
                ways.stream()
                        .map(QuarantineSearch::escaped)
                        .collect(
                                Collectors.joining(
                                        "|",
                                        "(?:^|[^\\p{L}\\p{N}_])(?:",
                                        ")(?:$|[^\\p{L}\\p{N}_])"));
        return "regexp_matches(concat_ws(chr(10), record, CAST(violations AS VARCHAR)), "
                + SqlText.text(pattern)
                + ")";
    }

    /// A text as an RE2 pattern that only it matches.
    private static String escaped(String text) {
        StringBuilder pattern = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    if (Character.isLetterOrDigit(c)) {
                        pattern.appendCodePoint(c);
                    } else {
                        pattern.append(String.format(Locale.ROOT, "\\x{%x}", c));
                    }
                });
        return pattern.toString();
    }
}
