package dev.sheaf.bench.context;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The same logical operations for Sheaf and for its peers, written as lines of JSON: `{"doc": 17,
/// "op": "set", "path": "/session/city", "value": "Berlin"}`. Operations are `set` (a scalar),
/// `append` (a message `{role, content}` to a list) and `increment` (a whole number); the paths are
/// `/session/…`, `/conversation/messages` and `/usage/…`. Every document starts empty: the first
/// operation on a place makes it.
///
/// [#digest(List)] is what all of them must end with; `bench/node-peers/operations.mjs` computes
/// the same. Both list every leaf of every document as `document TAB path TAB value LF`, sorted by
/// path within a document (UTF-16 code units), and take SHA-256 of its UTF-8.
public final class SmallDocuments {
    private static final ObjectMapper MAPPER = JsonMapper.shared();
    private static final String MESSAGES = "/conversation/messages";

    private SmallDocuments() {}

    public enum Kind {
        SET,
        APPEND,
        INCREMENT
    }

    /// @param document from 0
    /// @param path a JSON Pointer; for `APPEND` the list's
    public record Operation(int document, Kind kind, String path, JsonNode value) {}

    /// Half of the operations append a message, 30 % set a field, 20 % increment a counter.
    public static List<Operation> operations(
            long seed, int documents, int operations, Dialogues dialogues) {
        SessionDraw draw = new SessionDraw(seed, documents, dialogues);
        List<Operation> drawn = new ArrayList<>(operations);
        for (int i = 0; i < operations; i++) {
            int document = draw.document();
            int percent = draw.percent();
            if (percent < 50) {
                drawn.add(new Operation(document, Kind.APPEND, MESSAGES, draw.message(document)));
            } else if (percent < 80) {
                String field = draw.field();
                drawn.add(
                        new Operation(document, Kind.SET, "/session/" + field, draw.value(field)));
            } else {
                String counter = draw.counter();
                drawn.add(
                        new Operation(
                                document,
                                Kind.INCREMENT,
                                "/usage/" + counter,
                                IntNode.valueOf(draw.step(counter))));
            }
        }
        return drawn;
    }

    /// Messages appended to one conversation, in document 0.
    public static List<Operation> conversation(long seed, int messages, Dialogues dialogues) {
        SessionDraw draw = new SessionDraw(seed, 1, dialogues);
        List<Operation> drawn = new ArrayList<>(messages);
        for (int i = 0; i < messages; i++) {
            drawn.add(new Operation(0, Kind.APPEND, MESSAGES, draw.message(0)));
        }
        return drawn;
    }

    public static void write(List<Operation> operations, Path file) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (Operation operation : operations) {
                lines.write(
                        MAPPER.writeValueAsString(
                                MAPPER.createObjectNode()
                                        .put("doc", operation.document())
                                        .put("op", name(operation.kind()))
                                        .put("path", operation.path())
                                        .set("value", operation.value())));
                lines.write('\n');
            }
        }
    }

    /// What the documents hold in the end, as a lower-case hexadecimal SHA-256.
    public static String digest(List<Operation> operations) {
        TreeMap<Integer, TreeMap<String, String>> leaves = new TreeMap<>();
        Map<Integer, Integer> lengths = new TreeMap<>();
        for (Operation operation : operations) {
            TreeMap<String, String> document =
                    leaves.computeIfAbsent(operation.document(), absent -> new TreeMap<>());
            switch (operation.kind()) {
                case SET -> document.put(operation.path(), operation.value().asString());
                case INCREMENT ->
                        document.merge(
                                operation.path(),
                                operation.value().asString(),
                                (a, b) -> Long.toString(Long.parseLong(a) + Long.parseLong(b)));
                case APPEND -> {
                    int length = lengths.merge(operation.document(), 1, Integer::sum);
                    String element = operation.path() + "/" + (length - 1) + "/";
                    for (Map.Entry<String, JsonNode> member : operation.value().properties()) {
                        document.put(element + member.getKey(), member.getValue().asString());
                    }
                }
            }
        }
        return digest(leaves);
    }

    /// @param leaves for each document its leaves by path
    public static String digest(TreeMap<Integer, TreeMap<String, String>> leaves) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        leaves.forEach((document, values) ->
                values.forEach((path, value) ->
                        digest.update(
                                (document + "\t" + path + "\t" + value + "\n")
                                        .getBytes(StandardCharsets.UTF_8))));
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The operation's name in the file.
    public static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
