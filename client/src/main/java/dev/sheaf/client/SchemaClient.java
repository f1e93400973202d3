package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The schema registry at a node. Made by [SheafClient#schemas()], and closed with it.
///
/// Every method throws [dev.sheaf.kernel.Problem] as those of [SheafClient] do. Safe for use by
/// many threads.
public final class SchemaClient {
    private static final String ROOT = "/schemas";

    private final Transport transport;

    SchemaClient(Transport transport) {
        this.transport = transport;
    }

    /// The newest version of each subject whose name begins so, in order of the names.
    public List<SchemaVersionInfo> latest(String prefix) {
        UriText path = new UriText(ROOT + "/schemas");
        path.query("latestOnly", "true");
        path.query("subjectPrefix", prefix);
        return Arrays.asList(transport.read(Call.get(path.toString()), SchemaVersionInfo[].class));
    }

    public List<Integer> versions(String subject) {
        return Arrays.asList(
                transport.read(Call.get(subject(subject) + "/versions"), Integer[].class));
    }

    /// @param version a number, or `latest`
    public SchemaVersionInfo version(String subject, String version) {
        return transport.read(
                Call.get(subject(subject) + "/versions/" + UriText.segment(version)),
                SchemaVersionInfo.class);
    }

    /// The version that has the schema afterwards, be it new or not.
    public SchemaVersionInfo register(String subject, SchemaRegistration schema) {
        return transport.read(
                sent("POST", subject(subject) + "/versions", schema), SchemaVersionInfo.class);
    }

    /// @param version a number, or `latest`
    public SchemaCheckResult check(String subject, String version, SchemaRegistration schema) {
        String path =
                ROOT
                        + "/compatibility/subjects/"
                        + UriText.segment(subject)
                        + "/versions/"
                        + UriText.segment(version)
                        + "?verbose=true";
        JsonNode answer = transport.read(sent("POST", path, schema), JsonNode.class);
        List<String> messages = new ArrayList<>();
        answer.path("messages").forEach(message -> messages.add(message.asString("")));
        return new SchemaCheckResult(answer.path("is_compatible").asBoolean(false), messages);
    }

    /// The level that counts for a subject; of the region when the subject is empty.
    public String level(String subject) {
        return transport
                .read(Call.get(config(subject) + "?defaultToGlobal=true"), JsonNode.class)
                .path("compatibilityLevel")
                .asString("");
    }

    /// @param subject empty for the region
    public void setLevel(String subject, String level) {
        transport.discard(sent("PUT", config(subject), Map.of("compatibility", level)));
    }

    /// Back to the region's level, or of the region to what is so from the beginning.
    public void dropLevel(String subject) {
        transport.discard(Call.send("DELETE", config(subject), null));
    }

    /// @param version a number, `latest`, or empty for all
    /// @param isPermanent of what was deleted before, for good
    public void delete(String subject, String version, boolean isPermanent) {
        String path =
                version.isEmpty()
                        ? subject(subject)
                        : subject(subject) + "/versions/" + UriText.segment(version);
        transport.discard(Call.send("DELETE", path + "?permanent=" + isPermanent, null));
    }

    private static String subject(String subject) {
        return ROOT + "/subjects/" + UriText.segment(subject);
    }

    private static String config(String subject) {
        return ROOT + "/config" + (subject.isEmpty() ? "" : "/" + UriText.segment(subject));
    }

    private static Call sent(String method, String path, Object body) {
        return Call.send(
                        method,
                        path,
                        BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(body)))
                .with(Map.of("Content-Type", "application/vnd.schemaregistry.v1+json"));
    }
}
