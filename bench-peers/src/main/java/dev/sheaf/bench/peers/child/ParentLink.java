package dev.sheaf.bench.peers.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The child's end of a [ChildProcess]: orders on standard input, answers on standard output. One
/// thread uses it.
public final class ParentLink {
    private final BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    /// The next order, or empty when the parent wants this process to end or is gone itself.
    public Optional<String> order() throws IOException {
        return Optional.ofNullable(orders.readLine());
    }

    public void answer(String line) {
        System.out.println(">" + line);
    }
}
