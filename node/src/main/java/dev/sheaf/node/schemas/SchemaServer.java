package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.PeerQuestions;

/// Takes orders of other regions for subjects that are at home here.
public final class SchemaServer extends PeerQuestions {
    private static final int CALLS_MAX = 32;

    private volatile Orders orders =
            (_, _) -> {
                throw new Problem(ProblemCode.UNAVAILABLE, "the node is starting");
            };

    public SchemaServer() {
        super(SchemaWire.METHOD, "order", CALLS_MAX);
    }

    /// Does what an order says, for the caller whose token comes with it.
    @FunctionalInterface
    interface Orders {
        SchemaAnswer answer(SchemaOrder order, String token);
    }

    /// What orders are done by, from now on.
    void serve(Orders api) {
        orders = api;
    }

    @Override
    protected byte[] answer(RegionName peer, byte[] asked) {
        SchemaWire.Question question = SchemaWire.question(asked);
        return SchemaWire.answer(orders.answer(question.order(), question.token()));
    }

    @Override
    protected byte[] problem(Problem problem) {
        return SchemaWire.problem(problem);
    }
}
