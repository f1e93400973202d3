package dev.sheaf.node.membership;

import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.Watch;
import dev.sheaf.context.runtime.WriteRequest;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.context.LocalDocuments;
import dev.sheaf.node.pki.Fingerprints;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Statements of members as documents of the type `mesh.member`, one for each region and authority.
/// For one thread at a time.
final class MemberDocuments {
    static final String TYPE = "mesh.member";
    private static final Logger LOG = LoggerFactory.getLogger(MemberDocuments.class);
    private static final String AUTHOR = "sheaf";
    private static final int ID_CHARACTERS = 16;

    private final ContextService documents;
    private final LocalDocuments local;
    private final Members members;
    private final StatementCheck check;
    private final Set<String> refused = new HashSet<>();
    private final Set<String> taken = new HashSet<>();

    MemberDocuments(ContextService documents, Members members, StatementCheck check) {
        this.documents = documents;
        this.local = new LocalDocuments(documents);
        this.members = members;
        this.check = check;
    }

    static void declare(ContextRuntime runtime) {
        LocalDocuments.declare(runtime, MemberDocuments.class, TYPE);
    }

    Watch watch() {
        return local.watch(TYPE);
    }

    /// Takes whatever the documents say and is signed as it must be.
    ///
    /// @return whether anything was new
    boolean take() {
        boolean isNew = false;
        for (String id : local.ids(TYPE)) {
            Optional<JsonNode> document = local.read(TYPE, id);
            if (document.isPresent()) {
                for (Map.Entry<String, JsonNode> said : document.get().properties()) {
                    isNew |= said.getValue().isString() && take(said.getValue().stringValue());
                }
            }
        }
        return isNew;
    }

    /// What was taken once is not verified again: all documents are looked at each second.
    private boolean take(String text) {
        if (taken.contains(text)) {
            return false;
        }
        try {
            boolean isNew = members.add(check.require(text));
            taken.add(text);
            return isNew;
        } catch (Problem e) {
            if (refused.add(Fingerprints.of(text.getBytes(StandardCharsets.UTF_8)))) {
                LOG.warn("what a document says of a member does not count: {}", e.message());
            }
            return false;
        }
    }

    /// Writes whatever is known here and not in the documents. What the documents say otherwise,
    /// and counts, was taken before, so that in the end everybody writes the same.
    void publish() {
        for (MemberRecord record : members.records()) {
            if (record.of(MemberStatement.Kind.ADMISSION).isPresent()) {
                publish(record);
            }
        }
    }

    private void publish(MemberRecord record) {
        MemberStatement admitted =
                record.of(MemberStatement.Kind.ADMISSION).orElseThrow().statement();
        String id =
                admitted.region().replace('/', '.')
                        + "."
                        + admitted.authority().substring(0, ID_CHARACTERS);
        Optional<JsonNode> there = local.read(TYPE, id);
        if (there.isEmpty()) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            record.all().forEach(signed -> whole.put(field(signed), signed.text()));
            write(id, new Change.State(whole), whole.toString());
            return;
        }
        for (SignedStatement signed : record.all()) {
            JsonNode value = there.get().path(field(signed));
            if (!value.isString() || !value.stringValue().equals(signed.text())) {
                write(
                        id,
                        new Change.Patch(
                                List.of(
                                        new PatchOperation(
                                                PatchOperation.Kind.ADD,
                                                "/" + field(signed),
                                                Optional.empty(),
                                                Optional.of(
                                                        JsonNodeFactory.instance.stringNode(
                                                                signed.text()))))),
                        signed.text());
            }
        }
    }

    private static String field(SignedStatement signed) {
        return signed.statement().kind().name().toLowerCase(Locale.ROOT);
    }

    private void write(String id, Change change, String content) {
        documents.write(
                new WriteRequest(
                        new DocumentKey(TYPE, id),
                        change,
                        "member-" + Fingerprints.of(content.getBytes(StandardCharsets.UTF_8)),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        "",
                        AUTHOR,
                        Optional.empty()));
    }
}
