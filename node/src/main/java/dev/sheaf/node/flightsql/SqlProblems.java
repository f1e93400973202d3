package dev.sheaf.node.flightsql;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.federation.CallStatuses;

import org.apache.arrow.flight.FlightRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What clients are told when something fails: all of a problem, with its code at the end, and
/// nothing of a fault of ours.
final class SqlProblems {
    private static final Logger LOG = LoggerFactory.getLogger(SqlProblems.class);

    private SqlProblems() {}

    static FlightRuntimeException told(RuntimeException failure, String requestId) {
        if (failure instanceof FlightRuntimeException known) {
            return known; // a message that is not of the protocol
        }
        if (failure instanceof Problem problem && problem.code() != ProblemCode.INTERNAL) {
            LOG.atDebug().setCause(problem).log("{}: {}", requestId, problem.message());
            return status(problem.code(), problem.message());
        }
        LOG.error("call {} over Flight SQL failed unexpectedly", requestId, failure);
        return status(
                ProblemCode.INTERNAL,
                "something went wrong that should not have; the node's log has it under request "
                        + requestId);
    }

    private static FlightRuntimeException status(ProblemCode code, String message) {
        return CallStatuses.status(code, message + " (" + code + ")");
    }

    /// What a node that only answers questions does not do.
    static Problem readOnly(String what) {
        return new Problem(
                ProblemCode.SQL_NOT_ALLOWED,
                what
                        + " is not possible here: products are changed by publishing, and this"
                        + " connection only reads. Queries are SELECT, FROM, WITH, VALUES,"
                        + " DESCRIBE, SUMMARIZE and EXPLAIN");
    }
}
