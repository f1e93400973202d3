package dev.sheaf.node.spans;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which datasets a span says that its work read and wrote.
///
/// It says so in `openlineage.inputs` and `openlineage.outputs`, arrays of names: `domain.product`
/// for a product of the mesh, or a namespace, a space and a name. Otherwise in the attributes that
/// instrumentations of databases and message brokers set by OpenTelemetry's conventions.
///
/// @param inputs each a namespace and a name
record SpanDatasets(List<Name> inputs, List<Name> outputs) {
    /// A dataset's, as OpenLineage has it.
    record Name(String namespace, String name) {}

    /// @param products the namespace of the mesh's products
    static SpanDatasets of(ReceivedSpan span, String products) {
        List<Name> inputs = new ArrayList<>(named(span, "openlineage.inputs", products));
        List<Name> outputs = new ArrayList<>(named(span, "openlineage.outputs", products));
        addCollection(span, inputs, outputs);
        addDestination(span, inputs, outputs);
        return new SpanDatasets(List.copyOf(inputs), List.copyOf(outputs));
    }

    private static List<Name> named(ReceivedSpan span, String attribute, String products) {
        return span.attributes().getOrDefault(attribute, List.of()).stream()
                .filter(text -> !text.isBlank())
                .map(text -> {
                    int space = text.indexOf(' ');
                    return space < 0
                            ? new Name(products, text)
                            : new Name(text.substring(0, space), text.substring(space + 1));
                })
                .toList();
    }

    private static void addCollection(ReceivedSpan span, List<Name> inputs, List<Name> outputs) {
        String collection = span.first("db.collection.name");
        String system = first(span, "db.system.name", "db.system");
        if (collection.isEmpty() || system.isEmpty()) {
            return;
        }
        String namespace = first(span, "db.namespace", "db.name");
        Name name =
                new Name(
                        system + "://" + address(span),
                        namespace.isEmpty() ? collection : namespace + "." + collection);
        switch (first(span, "db.operation.name", "db.operation").toUpperCase(Locale.ROOT)) {
            case "SELECT", "FIND", "GET", "QUERY", "SCAN", "READ" -> inputs.add(name);
            case "INSERT", "UPDATE", "DELETE", "MERGE", "UPSERT", "REPLACE", "PUT", "COPY" ->
                    outputs.add(name);
            default -> {
                // it does not say which way
            }
        }
    }

    private static void addDestination(ReceivedSpan span, List<Name> inputs, List<Name> outputs) {
        String topic = span.first("messaging.destination.name");
        String system = span.first("messaging.system");
        if (topic.isEmpty() || system.isEmpty()) {
            return;
        }
        Name name = new Name(system + "://" + address(span), topic);
        switch (first(span, "messaging.operation.type", "messaging.operation")) {
            case "receive", "process" -> inputs.add(name);
            case "send", "publish" -> outputs.add(name);
            default -> {
                // settling and creating move nothing
            }
        }
    }

    private static String address(ReceivedSpan span) {
        String port = span.first("server.port");
        return span.first("server.address") + (port.isEmpty() ? "" : ":" + port);
    }

    private static String first(ReceivedSpan span, String attribute, String older) {
        String value = span.first(attribute);
        return value.isEmpty() ? span.first(older) : value;
    }
}
