package dev.sheaf.contract.document;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds the tree of a JSON document (RFC 8259).
final class JsonTree {
    private static final int NUMBER_CHARACTERS_MAX = 100;
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DocumentReader.DEPTH_MAX + 2)
                                    .maxNumberLength(NUMBER_CHARACTERS_MAX)
                                    .maxStringLength(DocumentReader.BYTES_MAX)
                                    .build())
                    .build();

    private final String text;
    private final TreeSize size = new TreeSize();

    JsonTree(String text) {
        this.text = text;
    }

    Parsed read() throws DocumentFault {
        try (JsonParser parser =
                FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new DocumentFault(Position.START, "empty", "is empty");
            }
            Node root = value(parser, 0);
            if (parser.nextToken() != null) {
                throw new DocumentFault(
                        at(parser), "syntax", "more text after the end of the JSON document");
            }
            return new Parsed.Tree(root, List.of());
        } catch (JacksonException e) {
            TokenStreamLocation location = e.getLocation();
            throw new DocumentFault(
                    location == null ? Position.START : position(location),
                    "syntax",
                    "is not JSON: " + e.getOriginalMessage());
        }
    }

    private Node value(JsonParser parser, int depth) throws DocumentFault {
        Position at = at(parser);
        if (depth > DocumentReader.DEPTH_MAX) {
            throw DocumentReader.tooDeep(at);
        }
        size.add(1, at);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(parser, at, depth);
            case START_ARRAY -> sequence(parser, at, depth);
            case VALUE_STRING -> new Node.Text(at, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new Node.Number(at, parser.getDecimalValue(), parser.getString());
            case VALUE_TRUE -> new Node.Flag(at, true);
            case VALUE_FALSE -> new Node.Flag(at, false);
            case VALUE_NULL -> new Node.Nothing(at);
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("no value begins with " + token);
        };
    }

    private Node mapping(JsonParser parser, Position at, int depth) throws DocumentFault {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            Position keyAt = at(parser);
            Node.Member first = members.get(key);
            if (first != null) {
                throw DocumentReader.duplicate(keyAt, key, first.keyAt());
            }
            parser.nextToken();
            members.put(key, new Node.Member(keyAt, value(parser, depth + 1)));
        }
        return new Node.Mapping(at, members);
    }

    private Node sequence(JsonParser parser, Position at, int depth) throws DocumentFault {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, depth + 1));
        }
        return new Node.Sequence(at, items);
    }

    private static Position at(JsonParser parser) {
        return position(parser.currentTokenLocation());
    }

    private static Position position(TokenStreamLocation location) {
        return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
