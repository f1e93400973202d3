package dev.sheaf.product.apply;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Position;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.product.PublishSettings;
import dev.sheaf.product.SourceFormat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the `sheaf.` entries of an ODPS product's `customProperties`, strictly. Entries of other
/// owners are left alone.
final class SheafProperties {
    static final String SOURCE = "sheaf.source";
    static final String TRANSFORM = "sheaf.transform";
    static final String PUBLISH = "sheaf.publish";
    static final String TABLE = "sheaf.table";
    static final String LOCATION = "sheaf.location";
    static final List<String> KNOWN = List.of(SOURCE, TRANSFORM, PUBLISH, TABLE, LOCATION);
    private static final Set<String> SCHEMES = Set.of("file", "s3", "abfss", "gs");

    private final Source source;
    private final Findings findings;

    SheafProperties(Source source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    PipelineSettings read(Node.Mapping product) {
        Map<String, Node> values = entries(product);
        return new PipelineSettings(
                mapping(values, SOURCE)
                        .map(map -> new SourceFormatReader(source, map, findings).read())
                        .orElse(SourceFormat.DETECTED),
                text(values, TRANSFORM),
                mapping(values, PUBLISH).map(this::publish).orElse(PublishSettings.DEFAULT),
                text(values, TABLE),
                text(values, LOCATION).filter(value -> location(value, at(values, LOCATION))));
    }

    private Map<String, Node> entries(Node.Mapping product) {
        Map<String, Node> values = new LinkedHashMap<>();
        if (!(product.get("customProperties").orElse(null) instanceof Node.Sequence list)) {
            return values;
        }
        for (Node item : list.items()) {
            if (item instanceof Node.Mapping entry
                    && entry.get("property").orElse(null) instanceof Node.Text name
                    && name.value().startsWith("sheaf.")) {
                accept(values, entry, name);
            }
        }
        return values;
    }

    private void accept(Map<String, Node> values, Node.Mapping entry, Node.Text name) {
        if (!KNOWN.contains(name.value())) {
            findings.error(
                    source,
                    name.at(),
                    "there is no property '"
                            + Finding.shown(name.value())
                            + "' of products"
                            + NearMiss.hint(name.value(), KNOWN)
                            + "; there are "
                            + String.join(", ", KNOWN));
            return;
        }
        Optional<Node> value = entry.get("value").filter(v -> !(v instanceof Node.Nothing));
        if (value.isEmpty()) {
            findings.error(source, name.at(), "'" + name.value() + "' has no value");
        } else if (values.putIfAbsent(name.value(), value.get()) != null) {
            findings.error(source, name.at(), "'" + name.value() + "' stands here a second time");
        }
    }

    private Optional<Node.Mapping> mapping(Map<String, Node> values, String name) {
        return switch (values.get(name)) {
            case Node.Mapping map -> Optional.of(map);
            case null -> Optional.empty();
            case Node other -> {
                findings.error(source, other.at(), "the value of '" + name + "' must be a mapping");
                yield Optional.empty();
            }
        };
    }

    private Optional<String> text(Map<String, Node> values, String name) {
        return switch (values.get(name)) {
            case Node.Text text when !text.value().isBlank() -> Optional.of(text.value().strip());
            case null -> Optional.empty();
            case Node other -> {
                findings.error(
                        source,
                        other.at(),
                        "the value of '" + name + "' must be a text that is not empty");
                yield Optional.empty();
            }
        };
    }

    private static Position at(Map<String, Node> values, String name) {
        Node value = values.get(name);
        return value == null ? Position.START : value.at();
    }

    private PublishSettings publish(Node.Mapping map) {
        Strict settings = new Strict(source, map, "'" + PUBLISH + "'", findings);
        settings.allowOnly(List.of("mode", "minScore"));
        return new PublishSettings(mode(settings), minScore(settings));
    }

    private CommitMode mode(Strict settings) {
        Optional<String> written = settings.text("mode");
        return switch (written.orElse("append")) {
            case "append" -> CommitMode.APPEND;
            case "replace" -> CommitMode.REPLACE;
            default -> {
                findings.error(
                        source,
                        settings.mapping().get("mode").map(Node::at).orElse(Position.START),
                        "mode '"
                                + Finding.shown(written.orElse(""))
                                + "' is not known"
                                + NearMiss.hint(written.orElse(""), List.of("append", "replace"))
                                + "; it is append or replace");
                yield CommitMode.APPEND;
            }
        };
    }

    private double minScore(Strict settings) {
        Optional<Node.Number> written = settings.number("minScore");
        double score =
                written.map(n -> n.value().doubleValue()).orElse(PublishSettings.DEFAULT_MIN_SCORE);
        if (score < 0 || score > 1) {
            findings.error(
                    source,
                    written.map(Node.Number::at).orElse(Position.START),
                    "minScore " + score + " is not a share: it lies between 0 and 1");
        }
        return score;
    }

    private boolean location(String value, Position at) {
        String fault = fault(value);
        if (!fault.isEmpty()) {
            findings.error(
                    source,
                    at,
                    "location '"
                            + Finding.shown(value)
                            + "' "
                            + fault
                            + "; write the root of the product's files, for example"
                            + " s3://bucket/folder, abfss://container@account.dfs.core.windows.net/"
                            + "folder, gs://bucket/folder or file:///folder");
        }
        return fault.isEmpty();
    }

    private static String fault(String value) {
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException e) {
            return "is not a URI";
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
            return "has no scheme that stores are known by";
        }
        if (uri.getQuery() != null || uri.getFragment() != null || hasPassword(uri)) {
            return "may hold no password, query or fragment";
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        return List.of(path.split("/")).contains("..") ? "may not climb with '..'" : "";
    }

    private static boolean hasPassword(URI uri) {
        return uri.getUserInfo() != null && uri.getUserInfo().contains(":");
    }
}
