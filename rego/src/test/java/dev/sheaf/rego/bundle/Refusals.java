package dev.sheaf.rego.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.function.Executable;

/// Checks that something is refused, and how it is told.
final class Refusals {
    private Refusals() {}

    /// @param parts what the message says, in any order
    static Problem assertRefused(ProblemCode code, Executable action, String... parts) {
        Problem problem = assertThrows(Problem.class, action);
        assertEquals(code, problem.code(), problem.message());
        for (String part : parts) {
            assertTrue(problem.message().contains(part), problem.message());
        }
        return problem;
    }

    static void assertRefusedAnyhow(Executable action) {
        assertThrows(Problem.class, action);
    }
}
