package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Lineage at a node, and models. Made by [SheafClient#lineage()], and closed with it.
///
/// Every method throws [dev.sheaf.kernel.Problem] as those of [SheafClient] do. Safe for use by
/// many threads.
public final class LineageClient {
    private static final String LINEAGE = "/api/v1/lineage";
    private static final String MODELS = "/api/v1/models";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final Transport transport;

    LineageClient(Transport transport) {
        this.transport = transport;
    }

    /// Sends an OpenLineage event, or an array of them, as it is.
    public LineageReceipt send(byte[] events) {
        return transport.read(
                Call.send("POST", LINEAGE, BodyPublishers.ofByteArray(events)).with(JSON),
                LineageReceipt.class);
    }

    /// What is reached from a dataset or column.
    ///
    /// @param isUpstream to what it is made from, and not to what is made from it
    public LineageAnswer lineage(
            LineageQuery query, boolean isUpstream, OptionalInt depth, OptionalInt limit) {
        return transport.read(
                Call.get(query.path(LINEAGE) + rest(isUpstream, depth, limit)),
                LineageAnswer.class);
    }

    /// What is reached from a model's version.
    public LineageAnswer ofModel(
            String model, boolean isUpstream, OptionalInt depth, OptionalInt limit) {
        UriText path = new UriText(LINEAGE);
        path.query("model", model);
        return transport.read(Call.get(path + rest(isUpstream, depth, limit)), LineageAnswer.class);
    }

    private static String rest(boolean isUpstream, OptionalInt depth, OptionalInt limit) {
        return "&direction="
                + (isUpstream ? "upstream" : "downstream")
                + (depth.isPresent() ? "&depth=" + depth.getAsInt() : "")
                + (limit.isPresent() ? "&limit=" + limit.getAsInt() : "");
    }

    /// What a change touches.
    public ImpactAnswer impact(LineageQuery query, OptionalInt limit) {
        return transport.read(
                Call.get(
                        query.path("/api/v1/impact")
                                + (limit.isPresent() ? "&limit=" + limit.getAsInt() : "")),
                ImpactAnswer.class);
    }

    /// Datasets whose namespace or name contain each of the words.
    public LineageDatasetList datasets(String words) {
        UriText path = new UriText(LINEAGE + "/datasets");
        path.query("q", words);
        return transport.read(Call.get(path.toString()), LineageDatasetList.class);
    }

    /// Events of a job or a dataset, or of all, newest first.
    public LineageEventList events(Optional<String> namespace, Optional<String> name, int limit) {
        UriText path = new UriText(LINEAGE + "/events");
        path.query("limit", Integer.toString(limit));
        namespace.ifPresent(text -> path.query("namespace", text));
        name.ifPresent(text -> path.query("name", text));
        return transport.read(Call.get(path.toString()), LineageEventList.class);
    }

    /// An event's text as it was sent.
    public byte[] event(long id) {
        try (InputStream body = transport.open(Call.get(LINEAGE + "/events/" + id)).body()) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw transport.unreachable(e);
        }
    }

    /// Registers a model's version, or tells anew what it was trained on.
    public ModelInfo register(ModelRequest request) {
        byte[] body = Wire.json().writeValueAsBytes(request);
        return transport.read(
                Call.send("POST", MODELS, BodyPublishers.ofByteArray(body)).with(JSON),
                ModelInfo.class);
    }

    public ModelList models() {
        return transport.read(Call.get(MODELS), ModelList.class);
    }

    /// The versions of one model.
    public ModelList model(String name) {
        return transport.read(Call.get(MODELS + "/" + UriText.segment(name)), ModelList.class);
    }
}
