package dev.sheaf.node;

import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The program: a node in the foreground, until the process is told to end.
public final class NodeMain {
    private NodeMain() {}

    public static void main(String[] arguments) {
        try {
            Node node = Node.start(NodeOptions.parse(List.of(arguments)), Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
            System.out.println("ready at " + node.url());
            node.flightSql()
                    .ifPresent(url -> System.out.println("Flight SQL at " + url + " (JDBC, ADBC)"));
            new CountDownLatch(1).await();
        } catch (Problem problem) {
            System.err.println("error: " + problem.message());
            System.exit(problem.code().exitCode().status());
        } catch (InterruptedException e) {
            System.exit(ExitCode.CANCELLED.status());
        }
    }
}
