package dev.sheaf.bench.context;

import dev.sheaf.bench.context.Dialogues.Utterance;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Draws what happens next in a session: which document, its next message, a field's new value, a
/// counter's step. A document walks through one conversation after the other. Not safe for threads.
final class SessionDraw {
    /// The fields of a session that are replaced now and then.
    static final List<String> FIELDS = List.of("intent", "channel", "locale", "city", "verified");

    /// The counters of a session.
    static final List<String> COUNTERS = List.of("turns", "tokens");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> INTENTS =
            List.of(
                    "CheckBalance",
                    "ReserveRestaurant",
                    "ChangeFlight",
                    "FindHotel",
                    "TalkToAgent");
    private static final List<String> CHANNELS = List.of("web", "mobile", "phone");
    private static final List<String> LOCALES = List.of("en-US", "de-DE", "pt-BR", "ja-JP");
    private static final List<String> CITIES =
            List.of("San Francisco", "Oakland", "Berlin", "São Paulo", "Osaka", "Seattle");

    private final SplittableRandom random;
    private final Dialogues dialogues;
    private final int[] conversation;
    private final int[] turn;

    SessionDraw(long seed, int documents, Dialogues dialogues) {
        this.random = new SplittableRandom(seed);
        this.dialogues = dialogues;
        this.conversation = new int[documents];
        this.turn = new int[documents];
        Arrays.setAll(conversation, document -> random.nextInt(dialogues.conversations().size()));
    }

    SplittableRandom random() {
        return random;
    }

    int document() {
        return random.nextInt(conversation.length);
    }

    int percent() {
        return random.nextInt(100);
    }

    /// The next message of the document's conversation, as `{role, content}`.
    ObjectNode message(int document) {
        List<Utterance> turns = dialogues.conversations().get(conversation[document]);
        Utterance utterance = turns.get(turn[document]);
        turn[document]++;
        if (turn[document] == turns.size()) {
            turn[document] = 0;
            conversation[document] =
                    (conversation[document] + 1) % dialogues.conversations().size();
        }
        return JSON.objectNode().put("role", utterance.role()).put("content", utterance.content());
    }

    String field() {
        return oneOf(FIELDS);
    }

    JsonNode value(String field) {
        return switch (field) {
            case "intent" -> JSON.stringNode(oneOf(INTENTS));
            case "channel" -> JSON.stringNode(oneOf(CHANNELS));
            case "locale" -> JSON.stringNode(oneOf(LOCALES));
            case "city" -> JSON.stringNode(oneOf(CITIES));
            case "verified" -> JSON.booleanNode(random.nextBoolean());
            default -> throw new IllegalArgumentException("no field of a session: " + field);
        };
    }

    String counter() {
        return oneOf(COUNTERS);
    }

    int step(String counter) {
        return counter.equals("turns") ? 1 : random.nextInt(5, 400);
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
