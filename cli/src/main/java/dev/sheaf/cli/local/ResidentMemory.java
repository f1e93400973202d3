package dev.sheaf.cli.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much memory a process holds: from `/proc` on Linux, from `ps` elsewhere.
final class ResidentMemory {
    private static final Pattern LINE = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");
    private static final Pattern NUMBER = Pattern.compile("\\s*(\\d+)\\s*");
    private static final int KIBIBYTE = 1024;

    private ResidentMemory() {}

    static OptionalLong of(long pid) {
        try {
            Path status = Path.of("/proc", Long.toString(pid), "status");
            if (Files.isReadable(status)) {
                Matcher line = LINE.matcher(Files.readString(status));
                return line.find() ? kibibytes(line.group(1)) : OptionalLong.empty();
            }
            Process ps =
                    new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            Matcher number =
                    NUMBER.matcher(
                            new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return number.matches() ? kibibytes(number.group(1)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty(); // Gone meanwhile, or a system without ps: it is not known.
        }
    }

    private static OptionalLong kibibytes(String digits) {
        return OptionalLong.of(Long.parseLong(digits) * KIBIBYTE);
    }
}
