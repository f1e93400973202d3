package dev.sheaf.product.ingest;

import dev.sheaf.product.SourceFormat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds a CSV file's dialect from its first 64 KiB. What the descriptor says is never questioned;
/// of what is left the candidate wins that gives most records the same number of columns, the
/// contract's number if possible.
public final class CsvSniffer {
    private static final int SAMPLE_BYTES = 1 << 16;
    private static final int SAMPLE_RECORDS = 500;
    private static final byte[] DELIMITERS = {',', ';', '\t', '|', '^'};
    private static final byte[] QUOTES = {'"', '\'', '^'};
    private static final double EXPECTED_BONUS = 2;
    private static final double UNSEEN_QUOTE = 0.1;
    private static final double LEFT_QUOTES = 0.9;

    private CsvSniffer() {}

    /// @param header the names in the first record, empty when it holds data
    public record Sniffed(CsvDialect dialect, Optional<List<String>> header, int columns) {}

    /// @param names what the contract and descriptor call their columns, for telling a header
    /// @param expectedColumns how many columns the contract has
    public static Sniffed sniff(
            Path file, SourceFormat format, Set<String> names, int expectedColumns)
            throws IOException {
        byte[] sample;
        try (InputStream in = Files.newInputStream(file)) {
            sample = in.readNBytes(SAMPLE_BYTES);
        }
        boolean complete = sample.length < SAMPLE_BYTES;
        int skip = format.skipLines().orElse(0);
        Candidate best = null;
        for (CsvDialect dialect : candidates(format)) {
            Candidate candidate =
                    rate(
                            dialect,
                            CsvRecords.read(sample, dialect, skip, SAMPLE_RECORDS, complete),
                            expectedColumns);
            candidate = candidate.weighed(evidence(sample, dialect, skip, complete));
            if (best == null || candidate.score > best.score) {
                best = candidate;
            }
        }
        return decide(best == null ? NOTHING : best, format, names);
    }

    record Candidate(CsvDialect dialect, List<List<String>> records, double score) {
        Candidate weighed(double factor) {
            return new Candidate(dialect, records, score * factor);
        }
    }

    /// Other quotes than the usual one must be seen at work: an apostrophe is mostly a letter.
    private static double evidence(byte[] sample, CsvDialect dialect, int skip, boolean complete) {
        if (dialect.quote() == '"' || !dialect.quoted()) {
            return 1;
        }
        CsvDialect bare =
                new CsvDialect(dialect.delimiter(), CsvDialect.NONE, CsvDialect.NONE, false);
        String quote = String.valueOf((char) dialect.quote());
        List<String> fields =
                CsvRecords.read(sample, bare, skip, SAMPLE_RECORDS, complete).records().stream()
                        .flatMap(List::stream)
                        .filter(field -> !field.isEmpty())
                        .toList();
        boolean seen =
                fields.stream().anyMatch(field -> field.startsWith(quote))
                        && fields.stream().anyMatch(field -> field.endsWith(quote));
        return seen ? 1 : UNSEEN_QUOTE;
    }

    private static final Candidate NOTHING =
            new Candidate(new CsvDialect((byte) ',', (byte) '"', (byte) '"', false), List.of(), 0);

    private static Candidate rate(
            CsvDialect dialect, CsvRecords.Sample sample, int expectedColumns) {
        List<List<String>> records = sample.records();
        if (records.isEmpty()) {
            return new Candidate(dialect, records, -1);
        }
        int[] counts = records.stream().mapToInt(List::size).sorted().toArray();
        int usual = mode(counts);
        long same = java.util.Arrays.stream(counts).filter(count -> count == usual).count();
        double score = (double) same / (records.size() + 4.0 * sample.malformed());
        if (usual == 1 && expectedColumns != 1) {
            score *= 0.1;
        }
        if (usual == expectedColumns) {
            score *= EXPECTED_BONUS;
        }
        return new Candidate(dialect, records, understood(records) ? score : score * LEFT_QUOTES);
    }

    /// Fields that are still in quotes were not understood.
    private static boolean understood(List<List<String>> records) {
        return records.stream()
                .flatMap(List::stream)
                .noneMatch(field ->
                        field.length() > 1
                                && (field.startsWith("\"") && field.endsWith("\"")
                                        || field.startsWith("^") && field.endsWith("^")));
    }

    private static int mode(int[] sorted) {
        int best = sorted[0];
        int bestRun = 0;
        int run = 0;
        for (int i = 0; i < sorted.length; i++) {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
            if (run > bestRun) {
                bestRun = run;
                best = sorted[i];
            }
        }
        return best;
    }

    private static List<CsvDialect> candidates(SourceFormat format) {
        byte[] delimiters =
                format.delimiter()
                        .map(text -> new byte[] {CsvDialect.character("delimiter", text)})
                        .orElse(DELIMITERS);
        byte[] quotes =
                format.quote()
                        .map(text -> new byte[] {CsvDialect.character("quote", text)})
                        .orElse(QUOTES);
        List<CsvDialect> all = new ArrayList<>();
        for (byte delimiter : delimiters) {
            for (byte quote : quotes) {
                if (quote != delimiter) {
                    byte escape =
                            format.escape()
                                    .map(text -> CsvDialect.character("escape", text))
                                    .orElse(quote);
                    all.add(new CsvDialect(delimiter, quote, escape, false));
                }
            }
        }
        return all;
    }

    private static Sniffed decide(Candidate best, SourceFormat format, Set<String> names) {
        List<String> first = best.records.isEmpty() ? List.of() : best.records.getFirst();
        boolean header =
                !first.isEmpty()
                        && format.header()
                                .orElseGet(() -> format.columns().isEmpty() && known(first, names));
        CsvDialect found = best.dialect;
        CsvDialect dialect =
                new CsvDialect(found.delimiter(), found.quote(), found.escape(), header);
        int columns =
                best.records.isEmpty()
                        ? 0
                        : mode(best.records.stream().mapToInt(List::size).sorted().toArray());
        return new Sniffed(
                dialect,
                header ? Optional.of(first.stream().map(String::strip).toList()) : Optional.empty(),
                header ? first.size() : columns);
    }

    /// A first record is a header if at least half of its distinct fields, or half of the known
    /// names, are names of columns.
    private static boolean known(List<String> first, Set<String> names) {
        long hits =
                first.stream()
                        .map(field -> field.strip().toLowerCase(Locale.ROOT))
                        .distinct()
                        .filter(names::contains)
                        .count();
        return hits > 0 && (hits * 2 >= first.size() || hits * 4 >= names.size());
    }
}
