package dev.sheaf.context.trace;

import dev.sheaf.context.ActorTable;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Reads traces, plain or gzipped: `{startContent?, endContent, txns: [{patches: [[position,
/// deleted, inserted], …]}, …]}`, and concurrent ones, whose transactions have `parents` and
/// `agent` too. Other members are passed over, and so is a fourth value of a patch.
public final class TraceReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    private final JsonParser parser;
    private final List<Trace.Transaction> transactions = new ArrayList<>();
    private boolean concurrent;
    private int patchIndex = -1;

    private TraceReader(JsonParser parser) {
        this.parser = parser;
    }

    /// Reads to the end; the caller closes the stream.
    ///
    /// @throws Problem UNREADABLE_INPUT, with the transaction and the byte, when this is no trace
    public static Trace read(InputStream stream) {
        try {
            BufferedInputStream buffered = new BufferedInputStream(stream);
            buffered.mark(2);
            boolean gzip = buffered.read() == GZIP_MAGIC_1 && buffered.read() == GZIP_MAGIC_2;
            buffered.reset();
            InputStream plain = gzip ? new GZIPInputStream(buffered) : buffered;
            try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), plain)) {
                return new TraceReader(parser).readTrace();
            }
        } catch (IOException | JacksonIOException e) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    "the trace cannot be unpacked: " + e.getMessage(),
                    e);
        }
    }

    private Trace readTrace() {
        try {
            return readMembers();
        } catch (JacksonException e) {
            throw new Problem(ProblemCode.UNREADABLE_INPUT, message(e.getOriginalMessage()), e);
        }
    }

    private Trace readMembers() {
        Optional<String> start = Optional.empty();
        Optional<String> end = Optional.empty();
        boolean hasTransactions = false;
        expect(JsonToken.START_OBJECT, "a trace is an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "startContent" -> start = Optional.of(string("startContent"));
                case "endContent" -> end = Optional.of(string("endContent"));
                case "txns" -> {
                    readTransactions();
                    hasTransactions = true;
                }
                default -> parser.skipChildren();
            }
        }
        // Reading on to the end checks the zip's checksum, too.
        if (parser.nextToken() != null) {
            throw problem("something follows it");
        }
        if (end.isEmpty() || !hasTransactions) {
            throw problem("it has no " + (hasTransactions ? "endContent" : "txns"));
        }
        return new Trace(concurrent, start.orElse(""), end.get(), List.copyOf(transactions));
    }

    private void readTransactions() {
        require(JsonToken.START_ARRAY, "txns is a list");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            readTransaction();
        }
    }

    private void readTransaction() {
        require(JsonToken.START_OBJECT, "a transaction is an object");
        int index = transactions.size();
        int agent = 0;
        Optional<List<Integer>> parents = Optional.empty();
        Optional<List<Trace.Patch>> patches = Optional.empty();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "agent" -> agent = number("agent", ActorTable.ACTORS_MAX - 1);
                case "parents" -> parents = Optional.of(readParents(index));
                case "patches" -> patches = Optional.of(readPatches());
                default -> parser.skipChildren();
            }
        }
        concurrent |= parents.isPresent();
        if (patches.isEmpty()) {
            throw problem("it has no patches");
        }
        if (concurrent && parents.isEmpty()) {
            throw problem("it has no parents, and others have");
        }
        List<Integer> before = index == 0 ? List.of() : List.of(index - 1);
        transactions.add(new Trace.Transaction(agent, parents.orElse(before), patches.get()));
        patchIndex = -1;
    }

    private List<Integer> readParents(int index) {
        require(JsonToken.START_ARRAY, "parents is a list");
        List<Integer> parents = new ArrayList<>(2);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int parent = number("a parent", Integer.MAX_VALUE);
            if (parent >= index) {
                throw problem(
                        "its parent "
                                + parent
                                + " does not come before it; order the transactions");
            }
            parents.add(parent);
        }
        return List.copyOf(parents);
    }

    private List<Trace.Patch> readPatches() {
        require(JsonToken.START_ARRAY, "patches is a list");
        List<Trace.Patch> patches = new ArrayList<>(1);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            patchIndex = patches.size();
            require(JsonToken.START_ARRAY, "a patch is a list [position, deleted, inserted]");
            parser.nextToken();
            int position = number("a position", Integer.MAX_VALUE);
            parser.nextToken();
            int deletedCount = number("a deleted count", Integer.MAX_VALUE);
            parser.nextToken();
            patches.add(new Trace.Patch(position, deletedCount, string("what is inserted")));
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                requireMore();
                parser.skipChildren();
            }
        }
        return List.copyOf(patches);
    }

    private int number(String what, int max) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw problem(what + " is " + parser.currentToken() + " instead of a whole number");
        }
        long value = parser.getLongValue();
        if (value < 0 || value > max) {
            throw problem(what + " is " + value + ", allowed is 0 to " + max);
        }
        return (int) value;
    }

    private String string(String what) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw problem(what + " is " + parser.currentToken() + " instead of a string");
        }
        return parser.getString();
    }

    private void expect(JsonToken token, String rule) {
        parser.nextToken();
        require(token, rule);
    }

    private void require(JsonToken token, String rule) {
        requireMore();
        if (parser.currentToken() != token) {
            throw problem(rule + ", this is " + parser.currentToken());
        }
    }

    private void requireMore() {
        if (parser.currentToken() == null) {
            throw problem("it ends too early");
        }
    }

    private Problem problem(String what) {
        return new Problem(ProblemCode.UNREADABLE_INPUT, message(what));
    }

    private String message(String what) {
        return "not a trace, at transaction "
                + transactions.size()
                + (patchIndex < 0 ? "" : ", patch " + patchIndex)
                + " (byte "
                + parser.currentLocation().getByteOffset()
                + "): "
                + what;
    }
}
