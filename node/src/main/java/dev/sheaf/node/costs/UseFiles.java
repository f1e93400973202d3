package dev.sheaf.node.costs;

import dev.sheaf.cost.TransferUse;
import dev.sheaf.cost.UseKey;
import dev.sheaf.cost.UseSum;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.files.WholeFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What was used, on disk: a file for each month, to which sums are appended, one JSON document in
/// each line; lines of the same key are added up. A file that has become large is written anew with
/// one line for each key, so that its size is bounded by the number of keys. Not thread-safe.
final class UseFiles {
    private static final Logger LOG = LoggerFactory.getLogger(UseFiles.class);
    private static final String ENDING = ".log";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final long compactionBytes;
    private final Map<YearMonth, Long> compactedBytes = new HashMap<>();

    /// One line.
    ///
    /// @param cost as an exact number
    record Line(UseKey key, long transfers, long bytes, String cost) {
        static Line of(UseKey key, UseSum sum) {
            return new Line(key, sum.transfers(), sum.bytes(), sum.cost().amount().toPlainString());
        }

        UseSum sum() {
            if (bytes < 0 || transfers < 0) {
                throw new IllegalArgumentException("a negative use");
            }
            TransferUse.Kind.valueOf(key.kind().name());
            return new UseSum(transfers, bytes, new Money(new BigDecimal(cost), key.currency()));
        }
    }

    /// @param compactionBytes size from which a file is written anew
    UseFiles(Path folder, long compactionBytes) {
        this.folder = folder;
        this.compactionBytes = compactionBytes;
    }

    /// All that is there. What a crash left of a last line is cut off; a line that is broken
    /// otherwise is told and left out.
    Map<UseKey, UseSum> read() {
        Map<UseKey, UseSum> all = new HashMap<>();
        months().forEach((month, file) ->
                read(file).forEach((key, sum) -> all.merge(key, sum, UseSum::plus)));
        return all;
    }

    private Map<YearMonth, Path> months() {
        Map<YearMonth, Path> months = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDING)) {
                    months.put(
                            YearMonth.parse(name.substring(0, name.length() - ENDING.length())),
                            file);
                }
            }
        } catch (IOException | DateTimeParseException e) {
            throw failed("the record of costs in " + folder + " cannot be read", e);
        }
        return months;
    }

    private static Map<UseKey, UseSum> read(Path file) {
        Map<UseKey, UseSum> sums = new HashMap<>();
        try {
            byte[] bytes = Files.readAllBytes(file);
            int start = 0;
            int number = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    number++;
                    read(file, number, new String(bytes, start, i - start, StandardCharsets.UTF_8))
                            .ifPresent(line -> sums.merge(line.key(), line.sum(), UseSum::plus));
                    start = i + 1;
                }
            }
            if (start < bytes.length) {
                LOG.info("{} ends in the middle of a line, which is cut off", file);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(start);
                    channel.force(true);
                }
            }
        } catch (IOException e) {
            throw failed(file + " cannot be read", e);
        }
        return sums;
    }

    private static java.util.Optional<Line> read(Path file, int number, String text) {
        try {
            Line line = JSON.readValue(text, Line.class);
            line.sum();
            return java.util.Optional.of(line);
        } catch (JacksonException | IllegalArgumentException | NullPointerException | Problem e) {
            LOG.error(
                    "line {} of {} is broken: what it says was used is not counted",
                    number,
                    file,
                    e);
            return java.util.Optional.empty();
        }
    }

    /// Durable when this returns.
    void append(Map<UseKey, UseSum> used) {
        Map<YearMonth, List<Line>> byMonth = new TreeMap<>();
        used.forEach((key, sum) ->
                byMonth.computeIfAbsent(YearMonth.from(key.day()), any -> new ArrayList<>())
                        .add(Line.of(key, sum)));
        byMonth.forEach(this::append);
    }

    private void append(YearMonth month, List<Line> lines) {
        Path file = file(month);
        try {
            long size;
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                long before = channel.size();
                try {
                    channel.position(before);
                    write(channel, lines);
                } catch (IOException e) {
                    channel.truncate(before);
                    throw e;
                }
                size = channel.size();
            }
            long last = compactedBytes.getOrDefault(month, 0L);
            if (size > Math.max(compactionBytes, 2 * last)) {
                compactedBytes.put(month, compact(file));
            }
        } catch (IOException e) {
            throw failed("what was used cannot be written to " + file, e);
        }
    }

    private static void write(FileChannel channel, List<Line> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text(lines));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    private static byte[] text(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(JSON.writeValueAsString(line)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long compact(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        read(file).forEach((key, sum) -> lines.add(Line.of(key, sum)));
        WholeFile.write(file, text(lines));
        return Files.size(file);
    }

    void forgetBefore(LocalDate day) {
        months().forEach((month, file) -> {
            if (month.isBefore(YearMonth.from(day))) {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw failed(file + " cannot be removed", e);
                }
            }
        });
    }

    private Path file(YearMonth month) {
        return folder.resolve(month + ENDING);
    }

    private static Problem failed(String what, Exception cause) {
        return new Problem(ProblemCode.STORAGE_FAILED, what, cause);
    }
}
