package dev.sheaf.lake.internal.store;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.StoreConfig;

import org.apache.iceberg.io.DelegateFileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/// Sends each call to the store under whose root the location lies; the longest root wins.
/// Locations under no root are refused, as are those that try to leave theirs.
///
/// Stores are opened at their first use and shared by all views of the same set. Safe for use by
/// many threads.
public final class RoutedFiles implements DelegateFileIO {
    private static final long serialVersionUID = 1L;

    private static final int SHOWN_CHARACTERS_MAX = 300;

    private final transient StoreSet stores;
    private final transient Function<Problem, RuntimeException> thrown;
    private final Map<String, String> properties;
    private final boolean owner;
    private final transient UnaryOperator<InputFile> opened;

    private RoutedFiles(
            StoreSet stores,
            Function<Problem, RuntimeException> thrown,
            Map<String, String> properties,
            boolean owner,
            UnaryOperator<InputFile> opened) {
        this.stores = stores;
        this.thrown = thrown;
        this.properties = properties;
        this.owner = owner;
        this.opened = opened;
    }

    /// Files whose errors are [Problem]s.
    public static RoutedFiles over(List<StoreConfig> configs) {
        return new RoutedFiles(
                new StoreSet(configs), problem -> problem, Map.of(), true, file -> file);
    }

    /// The same stores for use by iceberg-core: errors are [StoreFailure]s, and closing does
    /// nothing.
    ///
    /// @param checked what is read in place of a file that is opened
    public RoutedFiles forIceberg(
            Map<String, String> icebergProperties, UnaryOperator<InputFile> checked) {
        return new RoutedFiles(
                stores, StoreFailure::new, Map.copyOf(icebergProperties), false, checked);
    }

    @Override
    public Map<String, String> properties() {
        return properties;
    }

    @Override
    public InputFile newInputFile(String location) {
        Guard guard = guard(location);
        return opened.apply(
                new GuardedInput(
                        guard, guard.run(location, () -> guard.store().newInputFile(location))));
    }

    @Override
    public InputFile newInputFile(String location, long length) {
        Guard guard = guard(location);
        return new GuardedInput(
                guard, guard.run(location, () -> guard.store().newInputFile(location, length)));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        Guard guard = writable(location);
        return new GuardedOutput(
                guard, guard.run(location, () -> guard.store().newOutputFile(location)));
    }

    /// Deletes a file; one that is not there is no error.
    @Override
    public void deleteFile(String location) {
        Guard guard = writable(location);
        guard.run(
                location,
                () -> {
                    guard.store().deleteFile(location);
                    return true;
                });
    }

    /// Deletes files, which may lie in several stores; those that are not there are no error.
    @Override
    public void deleteFiles(Iterable<String> locations) {
        Map<StoreConfig, List<String>> byStore = new HashMap<>();
        locations.forEach(location ->
                byStore.computeIfAbsent(config(location), _ -> new ArrayList<>()).add(location));
        byStore.forEach((config, own) -> {
            Guard guard = writable(config, own.getFirst());
            guard.run(
                    own.getFirst(),
                    () -> {
                        guard.store().deleteFiles(own);
                        return true;
                    });
        });
    }

    @Override
    public List<FileInfo> listPrefix(String prefix) {
        Guard guard = guard(prefix);
        return guard.run(
                prefix,
                () ->
                        StreamSupport.stream(guard.store().listPrefix(prefix).spliterator(), false)
                                .toList());
    }

    @Override
    public void deletePrefix(String prefix) {
        Guard guard = writable(prefix);
        guard.run(
                prefix,
                () -> {
                    guard.store().deletePrefix(prefix);
                    return true;
                });
    }

    /// Copies or moves a local file to a location, whole or not at all as seen by readers.
    public void upload(Path local, String location) {
        Guard guard = writable(location);
        guard.run(
                location,
                () -> {
                    guard.store().upload(local, location);
                    return true;
                });
    }

    /// Closes the stores; views made for Iceberg leave them open.
    @Override
    public void close() {
        if (owner) {
            stores.close();
        }
    }

    private Guard writable(String location) {
        return writable(config(location), location);
    }

    private Guard writable(StoreConfig config, String location) {
        if (config.isReadOnly()) {
            throw thrown.apply(
                    new Problem(
                            ProblemCode.FORBIDDEN,
                            "'"
                                    + shown(location)
                                    + "' lies in the store '"
                                    + config.name()
                                    + "', which is read-only here (lake.stores.readOnly)"));
        }
        return guard(config);
    }

    private Guard guard(String location) {
        return guard(config(location));
    }

    private Guard guard(StoreConfig config) {
        return new Guard(config.name(), stores.open(config), thrown);
    }

    private StoreConfig config(String location) {
        refuseTraversal(location);
        return stores.covering(location)
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.INVALID_VALUE,
                                "'"
                                        + shown(location)
                                        + "' lies in no configured store; there are "
                                        + stores.roots()));
    }

    private static String shown(String location) {
        StringBuilder text = new StringBuilder();
        location.codePoints()
                .limit(SHOWN_CHARACTERS_MAX)
                .forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '\ufffd' : c));
        return text.toString();
    }

    private static void refuseTraversal(String location) {
        String rest = location.substring(Math.max(0, location.indexOf("://") + 3));
        String lower = rest.toLowerCase(Locale.ROOT);
        boolean leaves = lower.contains("%2e") || lower.contains("%2f") || lower.contains("%5c");
        for (String segment : rest.split("/", -1)) {
            leaves |= segment.equals("..") || segment.equals(".");
        }
        boolean ambiguous = rest.contains("//") || rest.contains("?") || rest.contains("#");
        if (leaves || ambiguous || location.chars().anyMatch(Character::isISOControl)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "'"
                            + shown(location)
                            + "' is not a location: '.', '..', empty steps, their encoded forms,"
                            + " '?', '#' and control characters are not allowed");
        }
    }
}
