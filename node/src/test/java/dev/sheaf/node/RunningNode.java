package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenRequest;
import dev.sheaf.client.TokenSource;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A node of its own for each test, with its operator and whom else the test asks for.
abstract class RunningNode {
    @TempDir Path folder = Path.of("");
    Node node = null_();
    SheafClient operator = null_();
    private final List<SheafClient> clients = new ArrayList<>();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before each test
    static <T> T null_() {
        return null;
    }

    /// Starts the node, over the data that there is.
    void open(Clock clock) {
        Path data = folder.resolve("data");
        node =
                Node.start(
                        new NodeOptions(
                                data,
                                Optional.empty(),
                                Optional.of(RegionName.parse("azure/westeurope")),
                                OptionalInt.of(0)),
                        clock);
        operator =
                remember(
                        new SheafClient(
                                node.url(),
                                TokenSource.file(data.resolve("keys").resolve("operator.token"))));
    }

    String token(String subject, List<String> scopes, List<String> roles, String... domains) {
        return operator.createToken(
                        new TokenRequest(
                                subject,
                                scopes,
                                List.of(domains),
                                roles,
                                OptionalLong.of(Duration.ofHours(12).toSeconds())))
                .token();
    }

    SheafClient as(String subject, List<String> scopes, List<String> roles, String... domains) {
        String token = token(subject, scopes, roles, domains);
        return remember(new SheafClient(node.url(), () -> token));
    }

    private SheafClient remember(SheafClient client) {
        clients.add(client);
        return client;
    }

    @AfterEach
    void stop() {
        clients.forEach(SheafClient::close);
        clients.clear();
        node.close();
    }

    static ProblemCode code(Executable call) {
        return assertThrows(Problem.class, call).code();
    }

    static String told(Executable call) {
        return assertThrows(Problem.class, call).message();
    }
}
