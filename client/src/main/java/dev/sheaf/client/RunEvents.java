package dev.sheaf.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The states of a run, as the node streams them.
final class RunEvents {
    private RunEvents() {}

    /// Hands every state to the listener; the state of the event `finished`, or empty when the
    /// stream ended before it.
    static Optional<RunInfo> follow(InputStream stream, Consumer<RunInfo> listener)
            throws IOException {
        List<RunInfo> finished = new ArrayList<>(1);
        ServerEvents.read(
                stream,
                event -> {
                    RunInfo run = Wire.json().readValue(event.data(), RunInfo.class);
                    listener.accept(run);
                    boolean ended = event.name().equals("finished");
                    if (ended) {
                        finished.add(run);
                    }
                    return !ended;
                });
        return finished.stream().findFirst();
    }
}
