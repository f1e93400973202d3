package dev.sheaf.bench.context;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Conversations between a user and an assistant, as text for the generators.
///
/// @param source where they come from: `sgd` or `built-in`; it belongs into each result, because
///   compression depends on it
/// @param conversations none of them empty
/// @see <a href="https://github.com/google-research-datasets/dstc8-schema-guided-dialogue">SGD</a>
public record Dialogues(String source, List<List<Utterance>> conversations) {
    private static final List<List<Utterance>> BUILT_IN =
            List.of(
                    conversation(
                            "What's my account balance?",
                            "Your checking account holds $1,204.55 as of this morning.",
                            "And how much of that is pending?",
                            "Two card payments of $31.20 together are pending.",
                            "Thanks, that is all I needed.",
                            "You're welcome. Have a good day!"),
                    conversation(
                            "Can you find me a table for two tonight, not too expensive?",
                            "There is a place on Main Street with a table at half past seven.",
                            "Does it have vegetarian dishes?",
                            "Yes, about half of the menu is vegetarian.",
                            "Book it please.",
                            "Your table for two is booked for 7:30 pm."),
                    conversation(
                            "I need to move my flight to the day after tomorrow.",
                            "I can offer you 8:10 am or 4:45 pm, both with one stop.",
                            "The afternoon one. Is there a fee?",
                            "The change costs $75, and your seat stays the same.",
                            "Fine, go ahead.",
                            "Done. The new itinerary has been sent to you."));

    /// The dialogues in the folder that the system property `sheaf.testdata` names, else the few
    /// that are built in.
    public static Dialogues load() throws IOException {
        Path folder =
                Path.of(System.getProperty("sheaf.testdata", "../shared/testdata"))
                        .resolve("conversations/sgd/dev");
        return Files.isDirectory(folder) ? ofSchemaGuided(folder) : builtIn();
    }

    public static Dialogues builtIn() {
        return new Dialogues("built-in", BUILT_IN);
    }

    private static Dialogues ofSchemaGuided(Path folder) throws IOException {
        ObjectMapper mapper = JsonMapper.shared();
        List<List<Utterance>> conversations = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files =
                    listed.filter(file -> file.getFileName().toString().startsWith("dialogues_"))
                            .sorted()
                            .toList();
        }
        for (Path file : files) {
            for (JsonNode dialogue : mapper.readTree(file)) {
                List<Utterance> turns = new ArrayList<>();
                for (JsonNode turn : dialogue.get("turns")) {
                    turns.add(
                            new Utterance(
                                    role(turn.get("speaker").asString()),
                                    turn.get("utterance").asString()));
                }
                conversations.add(List.copyOf(turns));
            }
        }
        return new Dialogues("sgd", List.copyOf(conversations));
    }

    private static String role(String speaker) {
        return speaker.toLowerCase(Locale.ROOT).equals("user") ? "user" : "assistant";
    }

    private static List<Utterance> conversation(String... contents) {
        List<Utterance> turns = new ArrayList<>();
        for (String content : contents) {
            turns.add(new Utterance(turns.size() % 2 == 0 ? "user" : "assistant", content));
        }
        return List.copyOf(turns);
    }

    /// @param role `user` or `assistant`
    public record Utterance(String role, String content) {}
}
